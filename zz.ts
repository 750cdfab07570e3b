import { loadBlog } from "./src/lib/posts/load-blog.ts"; import {readFileSync,writeFileSync} from "node:fs";
const N=Number(process.argv[2]); const root=`/tmp/corpus-${N}`; let store: any;
const run=async(l:string)=>{ const t=performance.now(); const r=await loadBlog({root,mode:"dev",now:new Date(),cacheDir:root+"/.cache",...(store?{store}:{})}); store=r.store; console.log(l,(performance.now()-t).toFixed(0),"ms",r.blog.posts.length); return r;};
const r=await run("open"); await run("same"); const f=root+"/"+r.blog.posts[77]!.file; const text=readFileSync(f,"utf8");
for(let i=0;i<3;i++){writeFileSync(f,text+`\n\nMore words ${i} ${Math.random()}.\n`); await run("edit");} writeFileSync(f,text); await run("back");
