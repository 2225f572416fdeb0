"""The pages of the app: layout only. What they say and show comes from views, charts and texts."""
