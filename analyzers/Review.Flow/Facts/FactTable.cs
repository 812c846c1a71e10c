using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// Facts about functions whose body is elsewhere, read from text. One line is one outcome of a function:
/// <code>
/// userfaultfd_remove = 0: drops mmap_lock
/// faultin_vma_page_range *4 = 0: drops mmap_lock
/// up_read (0 mmap_lock): drops mmap_lock
/// IS_ERR (0 &lt; 0) = 1:
/// get_file = $0: takes a reference *0
/// </code>
/// Behind the name stand, each if needed: <c>/n</c>, the number of arguments that the line is about; <c>(p field)</c>, which asks that argument p is the
/// address of a member of that name; <c>(p &lt; 0)</c>, what argument p is like when the call ends this way; <c>= 0</c>, what the result is like, or
/// <c>= $p</c>, which argument it is; <c>*p = n</c>, what parameter p points to afterwards, or <c>*p kept</c>; <c>stable</c>, if the same arguments get the
/// same result. Comparisons are <c>= n</c>, <c>&lt; 0</c>, <c>&gt; 0</c>, <c>&lt;= 0</c>, <c>&gt;= 0</c>, <c>!= 0</c>, <c>&amp; n</c> (that one bit is set) and
/// <c>!&amp; n</c> (none of the bits is). <c>[WORD]</c> before the name limits the line to files in which that word occurs: what came with a later kernel is
/// known by the names that came with it. Effects are separated by commas, in the order in which they happen; <c>#</c> starts a comment.
/// </summary>
public sealed partial class FactTable
{
    private readonly Dictionary<string, ImmutableArray<CallOutcome>> outcomes = [];
    private readonly List<(string Word, string Function, CallOutcome Outcome)> limited = [];

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

    /// <summary>The table as it counts for a file.</summary>
    public FactTable For(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (limited.Count == 0)
        {
            return this;
        }

        var table = new FactTable();
        foreach (var (function, known) in outcomes)
        {
            table.outcomes[function] = known;
        }

        foreach (var (word, function, outcome) in limited)
        {
            if (text.Bytes.IndexOf(Encoding.UTF8.GetBytes(word)) >= 0)
            {
                table.outcomes[function] = table.OutcomesOf(function).Add(outcome);
            }
        }

        return table;
    }

    private void Add(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
        {
            throw NotAFact(line);
        }

        var outcome = new CallOutcome(
            EffectTrail.Of(match.Groups["effects"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            match.Groups["value"].Success ? Comparison(match.Groups["op"].Value, match.Groups["value"].Value, line) : Fact.Nothing,
            [.. Enumerable.Range(0, match.Groups["out"].Captures.Count).Select(i => Output(match.Groups["out"].Captures[i].Value, match.Groups["left"].Captures[i].Value, line))])
        {
            Arity = match.Groups["arity"].Success ? Parameter(match.Groups["arity"].Value) : null,
            Guard = match.Groups["field"].Success ? (Parameter(match.Groups["member"].Value), match.Groups["field"].Value) : null,
            Inputs =
            [
                .. Enumerable.Range(0, match.Groups["arg"].Captures.Count).Select(i => new CallInput(
                    Parameter(match.Groups["arg"].Captures[i].Value), Comparison(match.Groups["argop"].Captures[i].Value, match.Groups["argvalue"].Captures[i].Value, line))),
            ],
            Returns = match.Groups["same"].Success ? Parameter(match.Groups["same"].Value) : null,
            IsStable = match.Groups["stable"].Success,
        };
        var name = match.Groups["name"].Value;
        if (match.Groups["word"].Success)
        {
            limited.Add((match.Groups["word"].Value, name, outcome));
        }
        else
        {
            outcomes[name] = OutcomesOf(name).Add(outcome);
        }
    }

    private static FormatException NotAFact(string line) => new($"not a fact: '{line}'");

    // At most two digits: the expression sees to that.
    private static int Parameter(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static CallOutput Output(string parameter, string left, string line) => left == "kept"
        ? new CallOutput(Parameter(parameter), null, OutputKind.Kept)
        : new CallOutput(Parameter(parameter), null, OutputKind.Number, Number(left[1..].Trim(), line));

    private static long Number(string text, string line)
    {
        var isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        return long.TryParse(
            isHexadecimal ? text.AsSpan(2) : text,
            isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number) ? number : throw NotAFact(line);
    }

    private static Fact Comparison(string @operator, string value, string line)
    {
        var number = Number(value, line);
        return @operator switch
        {
            "=" => Fact.Of(number),
            "&" when BitOperations.IsPow2(unchecked((ulong)number)) => new Fact(Signs.NotZero, unchecked((ulong)number), 0),
            "!&" when number != 0 => new Fact(Signs.Any, 0, unchecked((ulong)number)),
            "<" when number == 0 => Fact.Nothing with { Signs = Signs.Negative },
            ">" when number == 0 => Fact.Nothing with { Signs = Signs.Positive },
            "<=" when number == 0 => Fact.Nothing with { Signs = Signs.NotPositive },
            ">=" when number == 0 => Fact.Nothing with { Signs = Signs.NotNegative },
            "!=" when number == 0 => Fact.Nothing with { Signs = Signs.NotZero },
            _ => throw NotAFact(line),
        };
    }

    private const string Operator = "=|<=|<|>=|>|!=|&|!&";
    private const string Digits = "-?(0x[0-9a-f]+|[0-9]+)";

    [GeneratedRegex(
        @"^(\[(?<word>\w+)\]\s+)?(?<name>\w+)(/(?<arity>\d\d?))?"
        + @"(\s+\((?<member>\d\d?)\s+(?<field>[A-Za-z_]\w*)\))?"
        + @"(\s+\((?<arg>\d\d?)\s*(?<argop>" + Operator + @")\s*(?<argvalue>" + Digits + @")\))*"
        + @"(\s*=\s*\$(?<same>\d\d?)|\s*(?<op>" + Operator + @")\s*(?<value>" + Digits + @"))?"
        + @"(\s+\*(?<out>\d\d?)\s*(?<left>=\s*" + Digits + @"|kept))*"
        + @"(\s+(?<stable>stable))?\s*:(?<effects>.*)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
