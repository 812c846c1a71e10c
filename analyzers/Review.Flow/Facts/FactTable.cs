using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// Facts about functions whose body is elsewhere, read from text. One line is one outcome of a function:
/// <code>
/// userfaultfd_remove = 0: drops mmap_lock
/// faultin_vma_page_range *4 = 0: drops mmap_lock
/// up_read (0 mmap_lock): drops mmap_lock
/// </code>
/// <c>= n</c>, <c>&lt; 0</c>, <c>&gt; 0</c>, <c>&gt;= 0</c> and <c>!= 0</c> speak of the result, <c>*p = n</c> of what parameter p points to, and
/// <c>(p field)</c> asks that argument p is the address of a member of that name. Effects are separated by commas; <c>#</c> starts a comment.
/// </summary>
public sealed partial class FactTable
{
    private readonly Dictionary<string, ImmutableArray<CallOutcome>> outcomes = [];

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">A line is not of the form above; the message names it.</exception>
    public static FactTable Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var table = new FactTable();
        foreach (var line in text.Split('\n'))
        {
            var content = line.Split('#')[0].Trim();
            if (content.Length > 0)
            {
                table.Add(content);
            }
        }

        return table;
    }

    /// <summary>The names of all functions of the table.</summary>
    public IEnumerable<string> Functions => outcomes.Keys;

    /// <summary>The ways in which a call of the function can end; empty if the table does not know it.</summary>
    public ImmutableArray<CallOutcome> OutcomesOf(string function) => outcomes.GetValueOrDefault(function, []);

    private void Add(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
        {
            throw new FormatException($"not a fact: '{line}'");
        }

        var effects = match.Groups["effects"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(effects, StringComparer.Ordinal);
        var outcome = new CallOutcome(
            [.. effects],
            match.Groups["op"].Success ? Result(match.Groups["op"].Value, Number(match.Groups["value"])) : Fact.Nothing,
            match.Groups["out"].Success ? [new CallOutput((int)Number(match.Groups["out"]), null, Number(match.Groups["left"]))] : [])
        {
            Guard = match.Groups["arg"].Success ? ((int)Number(match.Groups["arg"]), match.Groups["field"].Value) : null,
        };
        var name = match.Groups["name"].Value;
        outcomes[name] = OutcomesOf(name).Add(outcome);
    }

    private static long Number(Group group) => long.Parse(group.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static Fact Result(string @operator, long value) => @operator switch
    {
        "=" => Fact.Of(value),
        "<" => Fact.Nothing with { Signs = Signs.Negative },
        ">" => Fact.Nothing with { Signs = Signs.Positive },
        ">=" => Fact.Nothing with { Signs = Signs.NotNegative },
        _ => Fact.Nothing with { Signs = Signs.NotZero },
    };

    [GeneratedRegex(@"^(?<name>\w+)(?:\s+\((?<arg>\d+)\s+(?<field>\w+)\))?(?:\s+(?<op>=|<|>=|>|!=)\s*(?<value>-?\d+))?(?:\s+\*(?<out>\d+)\s*=\s*(?<left>-?\d+))?\s*:(?<effects>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
