using System.Collections.Immutable;
using System.Text;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Tables.Emission;
using Review.Tables.Lookups;
using Review.Tables.Proofs;
using Review.Tables.Specification;

namespace Review.Cli.Tables;

/// <summary>A mail that <c>git am</c> takes: a tree's switches over advice become one lookup. It is handed out only if the result is proved equal to what was there.</summary>
internal static class TreePatchText
{
    /// <summary>The mail.</summary>
    /// <exception cref="LookupException">The table says something else than the file.</exception>
    public static string Of(BehaviorTable table, LookupSource source)
    {
        var edits = new TreePatch(table, source).Edits();
        var patched = new LookupSource(source.Path, Apply(source.Text, edits), table.Rows.ToImmutableSortedDictionary(static row => row.Name, static row => (long)row.Value, StringComparer.Ordinal));
        var proof = EquivalenceProof.Compare(source, patched);
        if (!proof.IsEqual)
        {
            throw new LookupException($"the table does not say what {source.Path} does: {proof.Differences.FirstOrDefault()?.Decision}", "'mmreview table verify' shows where they differ");
        }

        var functions = string.Join('\n', proof.Proved.Where(proved => table.Columns.Any(column => column.Function + "()" == proved.Name)).Select(static proved => "  " + proved.Name));
        var diff = UnifiedDiff.Of(new SourceText(source.Path, Encoding.Latin1.GetBytes(source.Text)), edits);
        return
            $"""
            From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
            From: mmreview <mmreview@localhost>
            Subject: [PATCH] mm/madvise: look up what an advice is in one place

            What an advice is was decided in a switch of each of these functions:

            {functions}

            Let one function with one switch answer all of them, so that an advice
            cannot be added to one and forgotten in another.

            No functional change: each of them returns what it did for every int
            and every combination of the options involved (mmreview table verify).
            ---
            {diff}
            """ + "-- \nmmreview\n";
    }

    private static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var edit in edits)
        {
            _ = result.Append(text, at, edit.Span.Start - at).Append(edit.Text);
            at = edit.Span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
