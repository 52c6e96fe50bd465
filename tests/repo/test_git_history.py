"""A repository of Markdown policies, brought in with its history."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.errors import SourceError
from gazette.imports import import_plan
from gazette.imports.batch import Batch, ImportedPolicy, ImportOptions, without_progress
from gazette.imports.git_history import read_repository
from gazette.imports.source_files import is_policy
from gazette.text.markdown_settings import DEFAULT
from repositories import TODAY, Project, codes, outline


@pytest.fixture
def source(tmp_path: Path) -> Project:
    root = tmp_path / "policies"
    root.mkdir()
    made = Project(root).init()
    made.policies.rmdir()
    made.policies.parent.rmdir()
    return made


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project").init()


def imported(source: Project, only: str | None = None) -> Batch:
    return read_repository(source.root, DEFAULT, without_progress, ImportOptions(only=only))


def versions(batch: Batch) -> dict[str, list[str]]:
    return {
        policy.slug: [str(text.version) for text in policy.versions] for policy in batch.policies
    }


def only(batch: Batch) -> ImportedPolicy:
    (policy,) = batch.policies
    return policy


def edit(source: Project, path: str, day: str, body: str) -> None:
    source.put(path, f"# Terms\n\n{body}\n")
    source.commit(day)


def test_every_text_a_reader_saw_is_a_version(source: Project, project: Project) -> None:
    edit(source, "terms.md", "2025-01-05", "*Updated: January 5*\n\nOne.")
    edit(source, "terms.md", "2025-02-01", "*Updated: January 5*\n\nTwo\nwords.")
    edit(source, "terms.md", "2025-02-01", "*Updated: January 5*\n\nThree.")
    edit(source, "terms.md", "2025-03-01", "*Updated: January 5*\n\n\n<!-- x -->\n\nThree.")
    batch = imported(source)
    assert versions(batch) == {"terms": ["2025-01-05.v1", "2025-02-01.v1", "2025-02-01.v2"]}
    policy = only(batch)
    assert policy.folded == 1
    commits = source.git("log", "--format=%H", "--reverse").split()
    assert policy.newest.read().decode() == (
        f"---\n# Reconstructed from policies, terms.md, commit {commits[2]}"
        f"; as it stands in terms.md, commit {commits[3]}\n"
        "title: Terms\nversion: 2025-02-01.v2\nupdated: 2025-02-01\n"
        'summary: "The opening: 1 paragraph removed; 1 paragraph added."\n---\n\n'
        "*Updated: January 5*\n\n\n<!-- x -->\n\nThree.\n"
    )
    import_plan.write(
        project.settings, import_plan.plan(project.settings, batch, force=False), TODAY
    )
    register = project.gather()
    assert codes(register) == []
    assert outline(register) == {
        "terms": [
            "2025-01-05.v1 superseded versions",
            "2025-02-01.v1 superseded versions",
            "2025-02-01.v2 in force docs",
        ]
    }
    assert project.build() == []


def test_versions_never_run_backwards(source: Project) -> None:
    edit(source, "terms.md", "2025-03-01", "One.")
    edit(source, "terms.md", "2025-01-01", "Two.")
    edit(source, "terms.md", "2025-04-01", "Three.")
    assert versions(imported(source)) == {
        "terms": ["2025-03-01.v1", "2025-03-01.v2", "2025-04-01.v1"]
    }


def test_days_are_those_of_one_zone(source: Project) -> None:
    source.put("terms.md", "# Terms\n\nOne.\n")
    source.git("add", "--all")
    source.git("commit", "--quiet", "-m", "x", day="2025-03-01")
    late = {"GIT_COMMITTER_DATE": "2025-03-02T23:30:00-0800"}
    source.put("terms.md", "# Terms\n\nTwo.\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "repositories.os.environ", {**__import__("os").environ, "GIT_AUTHOR_DATE": ""}
        )
        source.git("-c", "alias.x=!" + _committing(late), "x")
    assert versions(imported(source)) == {"terms": ["2025-03-01.v1", "2025-03-03.v1"]}


def _committing(environment: dict[str, str]) -> str:
    words = " ".join(f"{key}={value}" for key, value in environment.items())
    return f"{words} git commit --quiet --all --message late"


def test_renames_are_followed_and_links_lead_on(source: Project) -> None:
    source.put("data.md", "# Data\n\nWhat we keep about you, and for how long we keep it.\n")
    edit(source, "terms.md", "2025-01-05", "See [data](data.md) and [us](../us.md) and much more.")
    (source.root / "legal").mkdir()
    source.git("mv", "terms.md", "legal/index.md")
    edit(
        source, "legal/index.md", "2025-02-01",
        "See [data](../data.md#a) and [us](../us.md) and much more.",
    )  # fmt: skip
    batch = imported(source)
    assert versions(batch) == {
        "data": ["2025-01-05.v1"],
        "legal": ["2025-01-05.v1", "2025-02-01.v1"],
    }
    old, new = (text.read().decode() for text in batch.policies[1].versions)
    assert "[data](data.md) and [us](../us.md)" in old
    assert "[data](data.md#a)" in new
    assert "The opening: the link leads to another address." in new


def test_removed_policies_are_retired(source: Project, project: Project) -> None:
    edit(source, "terms.md", "2025-01-05", "One.")
    edit(source, "cookies.md", "2025-01-06", "Two.")
    source.git("rm", "--quiet", "cookies.md")
    source.commit("2025-03-01")
    batch = imported(source)
    assert [(policy.slug, str(policy.retired)) for policy in batch.policies] == [
        ("cookies", "2025-03-01"),
        ("terms", "None"),
    ]
    import_plan.write(
        project.settings, import_plan.plan(project.settings, batch, force=False), TODAY
    )
    register = project.gather()
    assert codes(register) == []
    assert outline(register) == {
        "cookies": ["2025-01-06.v1 retired versions"],
        "terms": ["2025-01-05.v1 in force docs"],
    }


def test_file_that_comes_back_goes_on(source: Project) -> None:
    edit(source, "terms.md", "2025-01-05", "One.")
    source.git("rm", "--quiet", "terms.md")
    source.commit("2025-02-01")
    edit(source, "terms/index.md", "2025-03-01", "Something else altogether, much longer.")
    policy = only(imported(source))
    assert (policy.slug, policy.retired) == ("terms", None)
    assert [str(text.version) for text in policy.versions] == ["2025-01-05.v1", "2025-03-01.v1"]


def test_two_files_of_one_name_stay_apart(source: Project) -> None:
    source.put("terms.md", "# Terms\n\nOne.\n")
    source.put("terms/index.md", "# Other terms\n\nSomething else.\n")
    source.commit("2025-01-05")
    assert sorted(versions(imported(source))) == ["terms", "terms-index"]


def test_what_is_no_policy(source: Project) -> None:
    for name in ("README.md", "LICENSE.md", ".github/x.md", "index.md", "terms.md", "a.txt"):
        source.put(name, "# A title\n\nText.\n")
    source.commit("2025-01-05")
    batch = imported(source)
    assert [policy.slug for policy in batch.policies] == ["terms"]
    assert [path for path, _ in batch.skipped] == [
        ".github/x.md",
        "LICENSE.md",
        "README.md",
        "index.md",
    ]
    assert [policy.slug for policy in imported(source, "README.md").policies] == ["readme"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("terms.md", True),
        ("legal/index.md", True),
        ("CONTRIBUTING.md", False),
        ("docs/changelog.md", False),
        ("license-terms.md", False),
        ("_drafts/terms.md", False),
        ("terms.html", False),
    ],
)
def test_is_policy(path: str, expected: bool) -> None:
    assert is_policy(path) is expected


def test_folder_of_a_repository(source: Project) -> None:
    edit(source, "blog/hello.md", "2025-01-01", "Hello.")
    edit(source, "legal/terms.md", "2025-01-05", "One.")
    batch = read_repository(source.root / "legal", DEFAULT, without_progress)
    assert versions(batch) == {"terms": ["2025-01-05.v1"]}


def test_merge_is_one_version_that_says_what_changed(source: Project) -> None:
    edit(source, "terms.md", "2025-01-05", "One.")
    source.git("checkout", "--quiet", "-b", "work")
    edit(source, "terms.md", "2025-01-06", "Two.")
    edit(source, "terms.md", "2025-01-07", "Three.")
    source.git("checkout", "--quiet", "main")
    message = "Merge pull request #1 from a/work\n\nGive more time"
    source.git("merge", "--quiet", "--no-ff", "-m", message, "work", day="2025-02-01")
    policy = only(imported(source))
    assert [str(text.version) for text in policy.versions] == ["2025-01-05.v1", "2025-02-01.v1"]
    assert "Give more time" not in policy.newest.read().decode()
    assert 'summary: "The opening: ' in policy.newest.read().decode()


def test_emptied_texts_are_no_versions(source: Project) -> None:
    edit(source, "terms.md", "2025-01-05", "One.")
    source.put("terms.md", "")
    source.commit("2025-01-06")
    edit(source, "terms.md", "2025-01-07", "Two.")
    assert versions(imported(source)) == {"terms": ["2025-01-05.v1", "2025-01-07.v1"]}


def test_texts_that_were_not_published_are_no_versions_and_named(source: Project) -> None:
    source.put("terms.md", "---\ntitle: Terms\n---\nOne.\n")
    source.put("cookies.md", "---\ntitle: Cookies\ndraft: true\n---\nTwo.\n")
    source.commit("2025-01-05")
    source.put("terms.md", "---\ntitle: Terms\npublished: false\n---\nThree.\n")
    source.commit("2025-01-06")
    source.put("terms.md", "---\ntitle: Terms\n---\nFour.\n")
    source.commit("2025-01-07")
    batch = imported(source)
    assert versions(batch) == {"terms": ["2025-01-05.v1", "2025-01-07.v1"]}
    assert [str(omission) for omission in only(batch).left_out] == [
        "terms.md of 2025-01-06: A text that was not published. "
        "Its front matter says `published: false`, so its site showed it to nobody."
    ]
    assert ("cookies.md", "no text of it was shown to readers") in batch.skipped


def test_links_and_submodules_are_named(source: Project) -> None:
    edit(source, "legal/terms.md", "2025-01-05", "One.")
    (source.root / "legal/conditions.md").symlink_to("terms.md")
    (source.root / "legal/gone.md").symlink_to("nowhere.md")
    modules = '[submodule "a"]\n\tpath = legal/affiliates\n\turl = ../a\n[submodule "b"]\n path=x\n'
    source.put(".gitmodules", modules)
    source.commit("2025-01-06")
    batch = read_repository(source.root / "legal", DEFAULT, without_progress)
    assert versions(batch) == {"terms": ["2025-01-05.v1"]}
    assert batch.skipped == (
        ("conditions.md", "a link or a device: nothing is read through it"),
        ("gone.md", "a link or a device: nothing is read through it"),
        ("affiliates", "a submodule, which has a history of its own: import its repository, too"),
    )


def test_texts_are_read_in_their_encoding(source: Project) -> None:
    for day, data in enumerate(
        ["# Gebühren\n\nKeine.\n".encode("utf-16"), "# Gebühren\n\nEine.\n".encode("cp1252")], 5
    ):
        source.put("fees.md", data)
        source.commit(f"2025-01-0{day}")
    source.put("seal.md", b"PNG\0\1")
    source.commit("2025-01-07")
    batch = imported(source)
    texts = [text.read().decode() for text in only(batch).versions]
    assert [text.partition("title: ")[2].split("\n")[0] for text in texts] == ["Gebühren"] * 2
    assert [text.strip().rpartition("\n")[2] for text in texts] == ["Keine.", "Eine."]
    assert ("seal.md", "no text of it was shown to readers") in batch.skipped


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not in a git repository"):
        read_repository(tmp_path, DEFAULT, without_progress)


def test_shallow_clone(source: Project, tmp_path: Path) -> None:
    edit(source, "terms.md", "2025-01-05", "One.")
    edit(source, "terms.md", "2025-01-06", "Two.")
    source.git("clone", "--quiet", "--depth=1", source.root.as_uri(), str(tmp_path / "shallow"))
    with pytest.raises(SourceError, match="is a shallow clone"):
        read_repository(tmp_path / "shallow", DEFAULT, without_progress)


def test_files_without_a_latin_letter_get_slugs_of_their_own(source: Project) -> None:
    edit(source, "利用規約.md", "2025-01-05", "One.")
    edit(source, "個人情報.md", "2025-02-05", "Two, of another kind altogether.")
    assert sorted(versions(imported(source))) == ["policy", "policy-2"]


def test_versions_of_the_same_words_are_folded_on_request(source: Project) -> None:
    edit(source, "terms.md", "2025-01-05", "You pay at once.")
    edit(source, "terms.md", "2025-02-01", "You pay **at once**.")
    edit(source, "terms.md", "2025-03-01", "You pay in time.")
    assert len(only(imported(source)).versions) == 3
    options = ImportOptions(words_only=True)
    policy = only(read_repository(source.root, DEFAULT, without_progress, options))
    assert [str(text.version) for text in policy.versions] == ["2025-01-05.v1", "2025-03-01.v1"]
    assert "**at once**" in policy.versions[0].read().decode()
    assert policy.folded == 1


def test_a_new_name_of_a_file_is_no_version(source: Project) -> None:
    source.put("terms.md", "You pay at once, by card, by cheque or in cash.\n")
    source.commit("2025-01-05")
    source.git("mv", "terms.md", "terms-of-service.md")
    source.commit("2025-02-01")
    policy = only(imported(source))
    assert [str(text.version) for text in policy.versions] == ["2025-01-05.v1"]
    assert "\ntitle: Terms of service\n" in policy.newest.read().decode()


def test_files_named_by_also_are_taken_besides_the_others(source: Project) -> None:
    source.put("CODE_OF_CONDUCT.md", "# Conduct\n\nBe kind.\n")
    source.put("license-terms.md", "# License\n\nYou may copy.\n")
    edit(source, "terms.md", "2025-01-05", "One.")
    options = ImportOptions(also=("code_of_conduct", "license-*"))
    batch = read_repository(source.root, DEFAULT, without_progress, options)
    assert sorted(versions(batch)) == ["code-of-conduct", "license-terms", "terms"]
    assert batch.skipped == ()
    assert sorted(versions(imported(source))) == ["terms"]


def test_images_and_links_of_the_old_site_come_along(source: Project, project: Project) -> None:
    picture = b"\x89PNG\r\n\x1a\nold"
    (source.root / "static").mkdir()
    (source.root / "static" / "map.png").write_bytes(picture)
    source.put("CNAME", "shop.example\n")
    source.put("fees.md", "---\ntitle: Fees\npermalink: /prices/\n---\n\nThree.\n")
    body = "![Map](/map.png) [fees](https://www.shop.example/prices/) [law](https://law.example/)"
    edit(source, "terms.md", "2025-01-05", body)
    (source.root / "static" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\nnew")
    edit(source, "terms.md", "2025-02-01", f"{body}\n\nMore.")
    batch = imported(source)
    terms = next(policy for policy in batch.policies if policy.slug == "terms")
    old, new = (version.read().decode() for version in terms.versions)
    names = list(terms.images)
    assert terms.images[names[0]] == picture
    assert len(names) == 2
    assert f"![Map](../assets/{names[0]}) [fees](fees.md) [law](https://law.example/)" in old
    assert f"![Map](../assets/{names[1]}) [fees](fees.md)" in new
    planned = import_plan.plan(project.settings, batch, force=False)
    written = import_plan.write(project.settings, planned, TODAY)
    assert sorted(path for path in written if path.endswith(".png")) == [
        f"docs/assets/{names[1]}",
        f"versions/terms/2025-01-05.v1/assets/{names[0]}",
    ]
    policies = {policy.slug: policy for policy in project.gather().policies}
    shown = (version.files for version in policies[terms.slug].versions)
    assert [list(files) for files in shown] == [[f"assets/{name}"] for name in names]
    assert project.gather().problems == ()


def test_what_versions_lack_is_listed_once(source: Project) -> None:
    for day in ("05", "06", "07"):
        edit(source, "terms.md", f"2025-01-{day}", f"Write to {{{{ site.mail }}}}.\n\nDay {day}.")
    policy = only(imported(source))
    (omission,) = policy.left_out
    assert omission.place == "Line 3 of 2025-01-07.v1 and 2 more places"
    assert omission.what == "“{{ site.mail }}”"
    assert "Write to ." in policy.newest.read().decode()


def test_summaries_say_what_changed_section_by_section(source: Project) -> None:
    old = "## 1. Fees\n\nYou pay €3 at once.\n\n## 2. Law\n\nGerman law applies.\n"
    edit(source, "terms.md", "2025-01-05", old)
    edit(source, "terms.md", "2025-02-01", old.replace("€3", "€4"))
    edit(source, "terms.md", "2025-03-01", old.replace("€3", "€4") + "\n## 3. Courts\n\nBerlin.\n")
    policy = only(imported(source))
    summaries = [
        next(line for line in version.read().decode().split("\n") if line.startswith("summary"))
        for version in policy.versions
    ]
    assert summaries == [
        "summary: The first text in the history of terms.md.",
        'summary: "Section 1, Fees: “€3” becomes “€4”."',
        "summary: Section 3, Courts is new.",
    ]


KOSTEN = "# Kosten\n\nGratis, [Karten](cards.md).\n"


def test_texts_in_folders_of_languages_become_translations(
    source: Project, project: Project
) -> None:
    english = "You may send back what you bought, see [fees](fees.md).\n"
    german = "Sie können Gekauftes zurückgeben, siehe [Kosten](fees.md), [Zoll](../customs.md).\n"
    source.put("returns.md", f"# Returns\n\n{english}")
    source.put("fees.md", "# Fees\n\nThree euros for every parcel.\n")
    source.put("customs.md", "# Customs\n\nNothing within Europe.\n")
    source.commit("2025-01-05")
    source.put("de/returns.md", f"# Rückgabe\n\n{german}")
    source.put("i18n/de/docusaurus-plugin-content-docs/current/fees.md", KOSTEN)
    source.put("docs/fees.md", "# Fees\n\nThree.\n")
    source.put("docs/cards.md", "# Cards\n\nNone.\n")
    source.commit("2025-02-01")
    source.put("returns.md", f"# Returns\n\n{english}\nWithin a month.\n")
    source.commit("2025-03-01")
    source.put("de/returns.md", f"# Rückgabe\n\n{german}\nInnerhalb eines Monats.\n")
    source.put("de/customs.md", "# Zoll\n\nKein Zoll innerhalb Europas.\n")
    source.commit("2025-04-01")
    (source.root / "de/customs.md").unlink()
    source.commit("2025-05-01")
    project.put("docs/index.md", "# Help\n")
    batch = imported(source)
    assert list(versions(batch)) == [
        *(
            "customs",
            "docs-cards",
            "docs-fees",
            "fees",
            "returns",
            "de/customs",
            "de/docs-fees",
            "de/returns",
        )
    ]
    planned = import_plan.plan(project.settings, batch, force=False)
    written = import_plan.write(project.settings, planned, TODAY)
    assert "docs/policies/de/returns.md" in written
    assert "versions/de/customs/2025-05-01.retired" in written
    old, new = (
        (project.root / path).read_text()
        for path in ("versions/de/returns/2025-02-01.v1.md", "docs/policies/de/returns.md")
    )
    assert "\ntranslates: 2025-01-05.v1\n" in old
    assert "\ntranslates: 2025-03-01.v1\n" in new
    assert "\nsummary: Erste Version.\n" in old
    assert '\nsummary: "Einleitung: geändert."\n' in new
    assert "siehe [Kosten](../fees.md), [Zoll](../customs.md)" in new
    assert (
        "Gratis, [Karten](../docs-cards.md)." in (project.policies / "de/docs-fees.md").read_text()
    )
    assert codes(project.gather()) == []
