"""What the rules of movie ratings share: files of several models, pages, pictures.

REQUIRED INPUTS: the merged `config`
OUTPUTS: none
"""


def of_models(pattern, names):
    """A path of each of these models, with the other wildcards left in it."""
    return expand(pattern, model=names, allow_missing=True)


def movies_page(name, what, caption):
    """A page of a rating set, for the report."""
    path = movies_paths.PAGE.format(dataset="{dataset}", page=name)
    return page(path, "4 Movies", what, caption)


def movies_picture(name, what):
    """A picture of a rating set, for the report; the caption has its name."""
    path = movies_paths.PICTURE.format(dataset="{dataset}", picture=name)
    return page(path, "4 Movies", what, caption=name)
