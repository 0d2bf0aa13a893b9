"""The routes: an address in, a page or a file out. One file a page; `routes` lists them all."""
