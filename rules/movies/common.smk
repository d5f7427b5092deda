"""What the rules of movie ratings share: pages and pictures.

REQUIRED INPUTS: the merged `config`
OUTPUTS: none
"""


def movies_page(name, what, caption):
    """A page of a rating set, for the report."""
    path = filled(movies_paths.PAGE, page=name)
    return page(path, "4 Movies", what, caption)


def movies_picture(name, what):
    """A picture of a rating set, for the report; the caption has its name."""
    path = filled(movies_paths.PICTURE, picture=name)
    return page(path, "4 Movies", what, caption=name)
