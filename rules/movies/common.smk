"""What the rules of movie ratings share: pages, pictures, and where a person's tables lie.

REQUIRED INPUTS: the merged `config`
OUTPUTS: none
"""


def movies_page(name, what, caption):
    """A page of a rating set, for the report."""
    path = filled(movies_paths.PAGE, page=name)
    return page(path, "4 Movies", what, caption)


def item_table_path(wildcards, input):
    """Parameter function: the person's own table of items as a path, or None."""
    path = locations.table_paths(config, "movies", wildcards.dataset).get("items.path")
    return path and path_of_input(input.item_table, path)


def published_split(wildcards):
    """Input function: the source, for the splits that come with it."""
    published = wildcards.protocol in movies_paths.PUBLISHED
    return f"data/movies/{wildcards.dataset}/source.json" if published else []


def movies_picture(name, what):
    """A picture of a rating set, for the report; the caption has its name."""
    path = filled(movies_paths.PICTURE, picture=name)
    return page(path, "4 Movies", what, caption=name)
