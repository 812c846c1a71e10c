using System.Globalization;
using System.Text;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Cli.Output;

/// <summary>Writes edits of one file as a unified diff that <c>git apply</c> and <c>patch -p1</c> take.</summary>
internal sealed class UnifiedDiff
{
    /// <summary>Lines shown around a change, as diff and git do.</summary>
    private const int Context = 3;

    private readonly List<string> lines;
    private readonly StringBuilder text = new();

    private UnifiedDiff(List<string> lines) => this.lines = lines;

    /// <summary>The diff of a file; empty if the edits change nothing.</summary>
    /// <param name="source">The file as it is.</param>
    /// <param name="edits">Edits that do not overlap, in any order.</param>
    public static string Of(SourceText source, IEnumerable<TextEdit> edits)
    {
        var changes = Changes(source, [.. edits.OrderBy(static edit => edit.Span.Start).ThenBy(static edit => edit.Span.End)]);
        if (changes.Count == 0)
        {
            return "";
        }

        var diff = new UnifiedDiff(SplitLines(source.Slice(new TextSpan(0, source.Length))));
        diff.AddHeads(source.Path);
        diff.AddHunks(changes);
        return diff.text.ToString();
    }

    /// <summary>The runs of whole lines that differ. Edits of neighbouring lines are one change.</summary>
    private static List<Change> Changes(SourceText source, List<TextEdit> edits)
    {
        var changes = new List<Change>();
        for (var i = 0; i < edits.Count;)
        {
            var first = source.PositionOf(edits[i].Span.Start).Line;
            var last = source.PositionOf(edits[i].Span.End).Line;
            var next = i + 1;
            while (next < edits.Count && source.PositionOf(edits[next].Span.Start).Line <= last)
            {
                last = Math.Max(last, source.PositionOf(edits[next].Span.End).Line);
                next++;
            }

            var span = new TextSpan(source.OffsetOfLine(first), last < source.LineCount ? source.OffsetOfLine(last + 1) : source.Length);
            if (Trimmed(first - 1, SplitLines(source.Slice(span)), SplitLines(Edited(source, span, edits[i..next]))) is { } change)
            {
                changes.Add(change);
            }

            i = next;
        }

        return changes;
    }

    private static string Edited(SourceText source, TextSpan span, List<TextEdit> edits)
    {
        var result = new StringBuilder();
        var position = span.Start;
        foreach (var edit in edits)
        {
            result.Append(source.Slice(new TextSpan(position, edit.Span.Start))).Append(edit.Text);
            position = edit.Span.End;
        }

        return result.Append(source.Slice(new TextSpan(position, span.End))).ToString();
    }

    /// <summary>Leaves out the lines at both ends that stay as they are.</summary>
    private static Change? Trimmed(int start, List<string> before, List<string> after)
    {
        var head = before.Zip(after).TakeWhile(static pair => pair.First == pair.Second).Count();
        var room = Math.Min(before.Count, after.Count) - head;
        var tail = before.AsEnumerable().Reverse().Zip(after.AsEnumerable().Reverse()).Take(room).TakeWhile(static pair => pair.First == pair.Second).Count();
        return head == before.Count && head == after.Count
            ? null
            : new Change(start + head, before[head..(before.Count - tail)], after[head..(after.Count - tail)]);
    }

    /// <summary>Lines with their line ends; only the last may have none.</summary>
    private static List<string> SplitLines(string text)
    {
        var result = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var newline ? newline + 1 : text.Length;
            result.Add(text[start..end]);
            start = end;
        }

        return result;
    }

    private void AddHeads(string path)
    {
        var (before, after) = (Quoted("a/" + path), Quoted("b/" + path));
        text.Append("diff --git ").Append(before).Append(' ').Append(after).Append('\n');

        // Behind a name with a space comes a tab, which ends it for patch.
        var end = path.Contains(' ', StringComparison.Ordinal) ? "\t\n" : "\n";
        text.Append("--- ").Append(before).Append(end).Append("+++ ").Append(after).Append(end);
    }

    private void AddHunks(List<Change> changes)
    {
        var shift = 0;
        for (var i = 0; i < changes.Count;)
        {
            var next = i + 1;
            while (next < changes.Count && changes[next].Start - changes[next - 1].End <= 2 * Context)
            {
                next++;
            }

            shift += AddHunk(changes[i..next], shift);
            i = next;
        }
    }

    /// <summary>Adds one hunk; gives by how many lines it grows the file.</summary>
    private int AddHunk(List<Change> changes, int shift)
    {
        var start = Math.Max(0, changes[0].Start - Context);
        var end = Math.Min(lines.Count, changes[^1].End + Context);
        var growth = changes.Sum(static change => change.After.Count - change.Before.Count);
        text.Append("@@ -").Append(Range(start, end - start)).Append(" +").Append(Range(start + shift, end - start + growth)).Append(" @@\n");
        var position = start;
        foreach (var change in changes)
        {
            AddLines(' ', lines[position..change.Start]);
            AddLines('-', change.Before);
            AddLines('+', change.After);
            position = change.End;
        }

        AddLines(' ', lines[position..end]);
        return growth;
    }

    private void AddLines(char mark, List<string> some)
    {
        foreach (var line in some)
        {
            text.Append(mark).Append(line).Append(line.EndsWith('\n') ? "" : "\n\\ No newline at end of file\n");
        }
    }

    // An empty range is named by the line before it.
    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    /// <summary>A name as git writes it: names with quotes, backslashes, control characters or bytes past ASCII in C's string form.</summary>
    private static string Quoted(string path)
    {
        if (path.All(static c => c is >= ' ' and < '\x7f' and not ('"' or '\\')))
        {
            return path;
        }

        var quoted = new StringBuilder("\"");
        foreach (var unit in Encoding.UTF8.GetBytes(path))
        {
            _ = unit is >= (byte)' ' and < 0x7f and not ((byte)'"' or (byte)'\\')
                ? quoted.Append((char)unit)
                : quoted.Append('\\').Append(Convert.ToString(unit, 8).PadLeft(3, '0'));
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Lines that go and lines that come.</summary>
    /// <param name="Start">Index of the first line that goes, from 0.</param>
    /// <param name="Before">What goes.</param>
    /// <param name="After">What comes.</param>
    private sealed record Change(int Start, List<string> Before, List<string> After)
    {
        public int End => Start + Before.Count;
    }
}
