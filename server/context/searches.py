"""Searches that a reader may open, filled in with a topic's name and nothing else: never a word of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

SearchId = Literal["pubmed-reviews", "cochrane", "medlineplus", "trials", "fda-warning-letters"]


@dataclass(frozen=True, slots=True)
class Search:
    """A place to look: ``address`` ends where the topic's name is put, ``home`` is for flags without a topic."""

    title: str
    home: str
    address: str

    def about(self, topic: str | None) -> str:
        """The address to open."""
        return self.address.replace("{topic}", quote(topic, safe="")) if topic else self.home


SEARCHES: dict[SearchId, Search] = {
    "pubmed-reviews": Search(
        "Systematic reviews on PubMed",
        "https://pubmed.ncbi.nlm.nih.gov/",
        "https://pubmed.ncbi.nlm.nih.gov/?term={topic}&filter=pubt.systematicreview",
    ),
    "cochrane": Search(
        "Cochrane Library",
        "https://www.cochranelibrary.com/",
        "https://www.cochranelibrary.com/search?searchBy=6&searchText={topic}",
    ),
    "medlineplus": Search(
        "MedlinePlus",
        "https://medlineplus.gov/",
        "https://vsearch.nlm.nih.gov/vivisimo/cgi-bin/query-meta?v%3Aproject=medlineplus&v%3Asources=medlineplus-bundle"
        "&query={topic}",
    ),
    "trials": Search(
        "ClinicalTrials.gov", "https://clinicaltrials.gov/", "https://clinicaltrials.gov/search?intr={topic}"
    ),
    "fda-warning-letters": Search(
        "FDA warning letters",
        "https://www.fda.gov/inspections-compliance-enforcement-and-criminal-investigations/"
        "compliance-actions-and-activities/warning-letters",
        "https://www.fda.gov/inspections-compliance-enforcement-and-criminal-investigations/"
        "compliance-actions-and-activities/warning-letters?search_api_fulltext={topic}",
    ),
}
