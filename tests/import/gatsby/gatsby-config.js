module.exports = { siteMetadata: { title: "Benches" } };
