using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Tables.Lookups;
using Review.Tables.Specification;

namespace Review.Tables.Emission;

/// <summary>Replaces the switches of a C file by one lookup: the edits of the file.</summary>
/// <param name="table">The table; its columns name the functions.</param>
/// <param name="source">The file.</param>
public sealed partial class TreePatch(BehaviorTable table, LookupSource source)
{
    private readonly LookupFile file = source.With(source.Options.Concat(table.Options).ToHashSet(StringComparer.Ordinal));

    /// <summary>The edits.</summary>
    /// <exception cref="LookupException">The file has none of the functions, or already has something of the lookup's name.</exception>
    public ImmutableArray<TextEdit> Edits()
    {
        if (Regex.IsMatch(source.Text, $@"\b{Regex.Escape(table.Name)}\b", RegexOptions.None, TimeSpan.FromSeconds(5)))
        {
            throw new LookupException($"{source.Path} already has something called {table.Name}", "give the table another name");
        }

        // What only documents the table is no question that the file asks.
        var asked = table.Columns.Where(column => column.Function is not null && PlaceOf(column) is not null).ToList();
        var replaced = asked.ConvertAll(column => PlaceOf(column)!);
        if (asked.Count == 0)
        {
            throw new LookupException($"{source.Path} has no function with a switch that the table names", "make the table with 'table extract' from the same file");
        }

        var narrow = table with { Columns = asked, Rows = [.. table.Rows.Where(row => replaced.Exists(place => Mentions(place, row.Name)) || asked.Exists(column => !row.CellOf(column).IsDefault))] };
        var lookup = new CLookup(narrow, column => TypeOf(PlaceOf(column)!));
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        foreach (var (column, place) in asked.Zip(replaced))
        {
            edits.Add(IsStillCalled(place, replaced)
                ? new TextEdit(new TextSpan(place.BodyStart, place.End), $"{{\n\treturn {lookup.Answer(column, place.Advice)};\n}}") : new TextEdit(WithComment(place), ""));
        }

        var first = replaced.Min(place => InsertionPoint(WithComment(place).Start));
        edits.Add(new TextEdit(new TextSpan(first, first), $"{lookup.Types()}\n{lookup.Switch()}\n"));
        return [.. edits.OrderBy(static edit => edit.Span.Start)];
    }

    private FunctionPlace? PlaceOf(TableColumn column) => file.PlaceOf(column.Function!) is { } place && place.Advice.Length > 0 ? place : null;

    private bool Mentions(FunctionPlace place, string advice) => source.Text[place.Start..place.End].Contains(advice, StringComparison.Ordinal);

    /// <summary>True if a function is called outside the bodies that are replaced.</summary>
    private bool IsStillCalled(FunctionPlace place, List<FunctionPlace> replaced) =>
        Regex.Matches(source.Text, $@"\b{Regex.Escape(place.Name)}\s*\(", RegexOptions.None, TimeSpan.FromSeconds(5)).Any(match => !replaced.Exists(other => match.Index >= other.Start && match.Index < other.End));

    /// <summary>The type that a function returns, as written.</summary>
    private string TypeOf(FunctionPlace place) => string.Join(' ', Storage().Replace(source.Text[place.Start..place.NameStart], "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A function with the comment right before it.</summary>
    private TextSpan WithComment(FunctionPlace place)
    {
        var start = place.Start;
        var before = source.Text[..start].TrimEnd(' ', '\t');
        if (before.EndsWith("*/\n", StringComparison.Ordinal))
        {
            start = before.LastIndexOf("/*", StringComparison.Ordinal);
        }

        var end = place.End;
        while (end < source.Text.Length && source.Text[end] == '\n')
        {
            end++;
        }

        return new TextSpan(start, end);
    }

    /// <summary>A place outside of all conditions, at or before another one.</summary>
    private int InsertionPoint(int start)
    {
        var open = new Stack<int>();
        for (var at = 0; at < start;)
        {
            var end = source.Text.IndexOf('\n', at) + 1;
            end = end == 0 ? source.Text.Length : end;
            var word = Directive().Match(source.Text[at..end]).Groups["word"].Value;
            if (word.StartsWith("if", StringComparison.Ordinal))
            {
                open.Push(at);
            }
            else if (word == "endif")
            {
                _ = open.TryPop(out _);
            }

            at = end;
        }

        return open.Count > 0 ? open.Last() : start;
    }

    [GeneratedRegex(@"\b(static|inline|extern|__always_inline|noinline)\b")]
    private static partial Regex Storage();

    [GeneratedRegex(@"^\s*#\s*(?<word>ifdef|ifndef|if|endif)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Directive();
}
