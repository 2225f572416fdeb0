"""The app: language, menu and page. Start it with ``run_sim.py dashboard``."""

# Worker processes import this file under another name; for them it must do nothing.
if __name__ == "__main__":
    from dashboard.pages.shell import show_app

    show_app()
