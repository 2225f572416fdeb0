"""Policy stories and city profiles: data files, and the strict readers of them."""
