"""Parts of the screen that several pages use; with the pages, the only modules that know Streamlit."""
