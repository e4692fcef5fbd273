// The start of the portal's script. The build adds every island of islands/portal/.
document.documentElement.classList.add("has-script");
