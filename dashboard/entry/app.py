"""The file that Streamlit runs: ``run_sim.py dashboard`` starts it.

It is alone in its folder, because Streamlit takes a folder ``pages`` beside it for a menu of its own.
"""

# Worker processes import this file under another name; for them it must do nothing.
if __name__ == "__main__":
    from dashboard.pages.shell import show_app

    show_app()
