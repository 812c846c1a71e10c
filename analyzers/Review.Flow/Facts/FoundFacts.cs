using System.Collections.Immutable;
using System.Text;

namespace Review.Flow.Facts;

/// <summary>
/// What was found out about the functions that files make known to others, as text that can be kept and used again when other files are looked at. A line
/// <c>subject NAME</c> names the table in whose terms the lines behind it speak, a line <c>file PATH</c> the file that has the bodies; the others are lines as <see cref="FactTable"/>
/// has them. A function without effects has one line that says so.
/// </summary>
public sealed class FoundFacts
{
    /// <summary>What such facts call themselves where somebody asks how something is known.</summary>
    public const string Source = "facts found before";

    private const string SubjectWord = "subject ";
    private const string FileWord = "file ";

    private readonly ImmutableSortedDictionary<string, FactTable> subjects;
    private readonly ImmutableDictionary<string, string> files;

    private FoundFacts(IEnumerable<(string Subject, string File, FactLine Line)> lines)
    {
        var all = lines.ToList();
        subjects = all.GroupBy(static line => line.Subject, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(static group => group.Key, static group => FactTable.Of(group.Key, group.Select(static line => line.Line)), StringComparer.Ordinal);
        files = all.DistinctBy(static line => line.Line.Function).ToImmutableDictionary(static line => line.Line.Function, static line => line.File, StringComparer.Ordinal);
    }

    /// <summary>Nothing was found out.</summary>
    public static FoundFacts None { get; } = new([]);

    /// <summary>The names of the tables in whose terms something is known, in ordinal order.</summary>
    public IEnumerable<string> Subjects => subjects.Keys;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A line is none; the message names it.</exception>
    public static FoundFacts Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FoundFacts(Lines(text));
    }

    /// <summary>The text of facts: subjects and files in ordinal order, lines in the order given.</summary>
    public static string Write(IEnumerable<(string Subject, string File, FactLine Line)> lines)
    {
        var text = new StringBuilder("# What functions do, as mmreview facts --write found out; check --facts reads it.\n");
        foreach (var subject in lines.GroupBy(static line => line.Subject, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            _ = text.Append('\n').Append(SubjectWord).Append(subject.Key).Append('\n');
            foreach (var file in subject.GroupBy(static line => line.File, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal))
            {
                _ = text.Append(FileWord).Append(file.Key).Append('\n');
                foreach (var (_, _, line) in file)
                {
                    _ = text.Append(line).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The file that has the body of a function; null if nothing is known of it.</summary>
    public string? FileOf(string function) => files.GetValueOrDefault(function);

    /// <summary>The functions that write members of records, with the parameters that point to these.</summary>
    internal IEnumerable<(string Function, IReadOnlyCollection<int> Written)> Writers =>
        from table in subjects.Values
        from function in table.Functions
        let written = table.OutcomesOf(function).SelectMany(static outcome => outcome.Outputs).Where(static output => output.Field is not null).Select(static output => output.Parameter).ToHashSet()
        where written.Count > 0
        select (function, (IReadOnlyCollection<int>)written);

    /// <summary>What is known in the terms of a table.</summary>
    internal FactTable Of(FactTable table) => subjects.GetValueOrDefault(table.Name, FactTable.Empty);

    private static IEnumerable<(string Subject, string File, FactLine Line)> Lines(string text)
    {
        var (subject, file) = ("", "");
        foreach (var line in text.Split('\n').Select(static line => line.Split('#')[0].Trim()).Where(static line => line.Length > 0))
        {
            if (line.StartsWith(SubjectWord, StringComparison.Ordinal) && !line.Contains(':', StringComparison.Ordinal))
            {
                subject = line[SubjectWord.Length..].Trim();
            }
            else if (line.StartsWith(FileWord, StringComparison.Ordinal) && !line.Contains(':', StringComparison.Ordinal))
            {
                file = line[FileWord.Length..].Trim();
            }
            else
            {
                yield return (subject, file, FactLine.Parse(line));
            }
        }
    }
}
