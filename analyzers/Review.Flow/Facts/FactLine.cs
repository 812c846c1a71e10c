using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Flow.Facts;

/// <summary>
/// One outcome of a function as a line of text; <see cref="FactTable"/> has the grammar. What is read from a line that was written is equal to what was written;
/// members of records, which belong to one file, are told by their names.
/// </summary>
/// <param name="Word">The word that has to occur in a file for the line to count there; null for all files.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Outcome">The way in which it can end.</param>
public sealed partial record FactLine(string? Word, string Function, CallOutcome Outcome)
{
    private static readonly OpaqueType AnyType = new("", -1);
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not of the form; the message names it.</exception>
    public static FactLine Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && line.AsSpan(0, colon).IndexOfAnyExcept(NameCharacters) < 0)
        {
            // Most lines have no conditions.
            return new FactLine(null, line[..colon], new CallOutcome(EffectsOf(line[(colon + 1)..]), Fact.Nothing, []));
        }

        var match = Line().Match(line);
        if (!match.Success)
        {
            throw NotAFact(line);
        }

        var outcome = new CallOutcome(
            EffectsOf(match.Groups["effects"].Value),
            Comparisons(match.Groups["result"].Value, line),
            [.. Captures(match, "out").Select((parameter, i) => Output(parameter, Captures(match, "member")[i], Captures(match, "left")[i], line))])
        {
            Arity = match.Groups["arity"].Success ? Parameter(match.Groups["arity"].Value) : null,
            Guard = match.Groups["field"].Success ? (Parameter(match.Groups["pointer"].Value), match.Groups["field"].Value) : null,
            Inputs = [.. Captures(match, "arg").Select((parameter, i) => new CallInput(Parameter(parameter.TrimStart('*')), Comparisons(Captures(match, "input")[i], line), parameter[0] == '*'))],
            Flags = [.. Captures(match, "structure").Select((parameter, i) => (Parameter(parameter), Member(Captures(match, "flag")[i])))],
            Returns = match.Groups["same"].Success ? Parameter(match.Groups["same"].Value) : null,
            IsStable = match.Groups["stable"].Success,
        };
        return new FactLine(match.Groups["word"].Success ? match.Groups["word"].Value : null, match.Groups["name"].Value, outcome);
    }

    /// <summary>The line: name, conditions, effects.</summary>
    public override string ToString() =>
        $"{(Word is null ? "" : $"[{Word}] ")}{Function}{Condition}:{(Outcome.Effects.IsEmpty ? "" : " ")}{Outcome.Effects}";

    /// <summary>What stands between the name and the effects: which calls end this way, and what they leave; empty or with a space in front.</summary>
    public string Condition
    {
        get
        {
            var text = new StringBuilder();
            _ = Outcome.Arity is { } arity ? text.Append(CultureInfo.InvariantCulture, $"/{arity}") : text;
            _ = Outcome.Guard is var (pointer, member) ? text.Append(CultureInfo.InvariantCulture, $" ({pointer} {member})") : text;
            foreach (var input in Outcome.Inputs)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $" ({(input.IsTarget ? "*" : "")}{input.Parameter}{Comparisons(input.Fact)})");
            }

            foreach (var (parameter, flag) in Outcome.Flags)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $" ({parameter}->{flag.Record}.{flag.Name} set)");
            }

            _ = Outcome.Returns is { } same ? text.Append(CultureInfo.InvariantCulture, $" = ${same}") : text;
            _ = text.Append(Comparisons(Outcome.Result));
            foreach (var output in Outcome.Outputs)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $" *{output.Parameter}{(output.Field is { } written ? $"->{written.Record}.{written.Name}" : "")} {Left(output)}");
            }

            return text.Append(Outcome.IsStable ? " stable" : "").ToString();
        }
    }

    private static EffectTrail EffectsOf(string text) => EffectTrail.Of(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static FormatException NotAFact(string line) => new($"not a fact: '{line}'");

    private static string[] Captures(Match match, string group) => [.. match.Groups[group].Captures.Select(static capture => capture.Value)];

    // At most two digits: the expression sees to that.
    private static int Parameter(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    /// <summary>A member by its name; whoever uses the line puts in the one of a file.</summary>
    private static FieldSymbol Member(string name) => name.Split('.') is [var record, var field] ? new FieldSymbol(field, AnyType, record, 0, 0) : throw NotAFact(name);

    private static CallOutput Output(string parameter, string member, string left, string line)
    {
        var field = member.Length == 0 ? null : Member(member[2..]);
        return left switch
        {
            "kept" => new CallOutput(Parameter(parameter), field, OutputKind.Kept),
            "changed" => new CallOutput(Parameter(parameter), field, OutputKind.Changed),
            _ => new CallOutput(Parameter(parameter), field, OutputKind.Number, Number(left[1..].Trim(), line)),
        };
    }

    private static string Left(CallOutput output) => output.Kind switch
    {
        OutputKind.Kept => "kept",
        OutputKind.Changed => "changed",
        _ => string.Create(CultureInfo.InvariantCulture, $"= {output.Number}"),
    };

    private static long Number(string text, string line)
    {
        var isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        return long.TryParse(
            isHexadecimal ? text.AsSpan(2) : text,
            isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number) ? number : throw NotAFact(line);
    }

    private static Fact Comparisons(string text, string line) =>
        Comparison().Matches(text).Aggregate(Fact.Nothing, (fact, match) => fact.And(ReadComparison(match.Groups["op"].Value, match.Groups["value"].Value, line)));

    private static Fact ReadComparison(string @operator, string value, string line)
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

    /// <summary>What is known of a value as comparisons, each with a space in front.</summary>
    private static string Comparisons(Fact fact)
    {
        if ((fact.Ones | fact.Zeros) == ulong.MaxValue)
        {
            return string.Create(CultureInfo.InvariantCulture, $" = {unchecked((long)fact.Ones)}");
        }

        var text = new StringBuilder(fact.Signs switch
        {
            Signs.Negative => " < 0",
            Signs.Positive => " > 0",
            Signs.NotNegative => " >= 0",
            Signs.NotPositive => " <= 0",
            Signs.NotZero when fact.Ones == 0 => " != 0",
            _ => "",
        });
        for (var rest = fact.Ones; rest != 0; rest &= rest - 1)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $" & 0x{1UL << BitOperations.TrailingZeroCount(rest):x}");
        }

        return fact.Zeros == 0 ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $" !& 0x{fact.Zeros:x}").ToString();
    }

    private const string Operator = "(=|<=|<|>=|>|!=|&|!&)";
    private const string Digits = "-?(0x[0-9a-f]+|[0-9]+)";
    private const string Several = Operator + @"\s*" + Digits + @"(\s*" + Operator + @"\s*" + Digits + ")*";
    private const string MemberName = @"[A-Za-z_]\w*\.[A-Za-z_]\w*";

    [GeneratedRegex(
        @"^(\[(?<word>\w+)\]\s+)?(?<name>\w+)(/(?<arity>\d\d?))?"
        + @"(\s+\((?<pointer>\d\d?)\s+(?<field>[A-Za-z_]\w*)\))?"
        + @"(\s+\((?<arg>\*?\d\d?)\s*(?<input>" + Several + @")\))*"
        + @"(\s+\((?<structure>\d\d?)->(?<flag>" + MemberName + @")\s+set\))*"
        + @"(\s*=\s*\$(?<same>\d\d?))?(\s*(?<result>" + Several + @"))?"
        + @"(\s+\*(?<out>\d\d?)(?<member>(->" + MemberName + @")?)\s*(?<left>=\s*" + Digits + @"|kept|changed))*"
        + @"(\s+(?<stable>stable))?\s*:(?<effects>.*)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<op>" + Operator + @")\s*(?<value>" + Digits + ")", RegexOptions.ExplicitCapture)]
    private static partial Regex Comparison();
}
