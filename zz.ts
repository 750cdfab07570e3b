import { writeCorpus } from "./bench/corpus.ts"; import { loadBlog } from "./src/lib/posts/load-blog.ts"; import { appendFileSync, existsSync } from "node:fs";
const N=Number(process.argv[2]); const root=`/tmp/corpus-${N}`; 
if(!existsSync(root+"/content")) await writeCorpus(root+"/content",N);
const run=async(l:string)=>{const t=performance.now(); try{ const r=await loadBlog({root,mode:"build",now:new Date(),cacheDir:root+"/.cache"}); console.log(l,(performance.now()-t).toFixed(0),"ms",r.blog.posts.length, (process.memoryUsage.rss()/1e6).toFixed(0)+"MB"); }catch(e){console.log(String((e as Error).message).slice(0,1500))}};
await run(process.argv[3]??"load");
