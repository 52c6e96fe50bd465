"""A text and its translation, for tests of what lags behind."""

ENGLISH = """Our rules.

## 1. Hours

Open from 9 to 17.

## 2. Fees

- 5 euros a day
- 20 euros a month

## 3. Questions

Write to us@example.com.
"""
GERMAN = """Unsere Regeln.

## 1. Zeiten

Offen von 9 bis 17.

## 2. Kosten

- 5 Euro am Tag
- 20 Euro im Monat

## 3. Fragen

Schreiben Sie an us@example.com.
"""
