"""From scenarios to tables: experiments, engines, results and their summaries."""
