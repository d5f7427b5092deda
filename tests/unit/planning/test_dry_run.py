from practical_dl.planning.dry_run import plain_name


def test_a_rule_costs_the_same_whatever_list_of_outputs_it_has() -> None:
    assert plain_name("fit_networks_2") == "fit_networks"
    assert plain_name("fit_networks") == "fit_networks"
