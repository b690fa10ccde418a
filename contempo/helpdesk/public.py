"""What other contexts may use of the desk."""

from contempo.helpdesk.queries.figures.desk import DeskFigure, figures

__all__ = ["DeskFigure", "figures"]
