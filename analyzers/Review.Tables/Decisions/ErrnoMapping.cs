using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>
/// A place that turns results into error codes: a switch over results or error codes whose arms answer with error codes, or a comparison with one error code
/// that replaces it by another.
/// </summary>
/// <param name="Function">The function.</param>
/// <param name="At">What it decides on: the switch's subject, or the comparison.</param>
/// <param name="Answers">What it makes of what, in source order.</param>
public sealed partial record ErrnoMapping(FunctionDefinition Function, Expression At, ImmutableArray<ErrnoAnswer> Answers)
{
    /// <summary>What all the results are called that a mapping does not name.</summary>
    public const string Others = "others";

    /// <summary>MAX_ERRNO of include/linux/err.h.</summary>
    private const int LastErrno = 4095;

    /// <summary>False if a file's text holds no mapping for certain: parsing it can be saved.</summary>
    public static bool MayBeIn(string text) => Mapped().IsMatch(text);

    /// <summary>The mappings of a function.</summary>
    public static IEnumerable<ErrnoMapping> In(FunctionDefinition function, SourceText text)
    {
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            if (node is SwitchStatement @switch && OfSwitch(@switch, text) is { Length: > 1 } answers)
            {
                yield return new ErrnoMapping(function, @switch.Subject, answers);
            }
            else if (node is IfStatement { Condition.Unwrapped: BinaryExpression { Operator: BinaryOperator.Equal } comparison } @if
                && (NameOf(comparison.Right, text) ?? NameOf(comparison.Left, text)) is { } from && AnswerOf([@if.Then], text) is { } to && to != from)
            {
                yield return new ErrnoMapping(function, comparison, [new ErrnoAnswer(from, to)]);
            }
        }
    }

    private static ImmutableArray<ErrnoAnswer> OfSwitch(SwitchStatement @switch, SourceText text)
    {
        var arms = SwitchArm.Of(@switch);
        if (!@switch.Labels.OfType<CaseLabel>().All(label => NameOf(label.Value, text) is not null || label.Value.Unwrapped is NameExpression { Symbol: EnumeratorSymbol }))
        {
            return [];
        }

        var answers = ImmutableArray.CreateBuilder<ErrnoAnswer>();
        for (var i = 0; i < arms.Count; i++)
        {
            var last = i;
            while (AnswerOf(arms[last].Statements, text) is null && arms[last].FallsThrough && last + 1 < arms.Count)
            {
                last++;
            }

            if (AnswerOf(arms[last].Statements, text) is { } to)
            {
                answers.AddRange(arms[i].Labels.Select(label => new ErrnoAnswer(label is CaseLabel @case ? @case.Name.TrimStart('-') : Others, to)));
            }
        }

        return answers.DistinctBy(static answer => answer.To).Skip(1).Any() ? answers.ToImmutable() : [];
    }

    /// <summary>The error code that statements return or assign; null if they do something else.</summary>
    private static string? AnswerOf(IEnumerable<Statement> statements, SourceText text)
    {
        foreach (var statement in statements)
        {
            var value = statement switch
            {
                BlockStatement block => AnswerOf(block.Statements, text),
                ReturnStatement { Value: { } returned } => NameOf(returned, text),
                ExpressionStatement { Expression: AssignmentExpression { Compound: null } assignment } => NameOf(assignment.Value, text),
                _ => null,
            };
            if (value is not null)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The name of a negated error code, without its sign; null for anything else.</summary>
    private static string? NameOf(Expression value, SourceText text) =>
        (value.Constant ?? value.Unwrapped.Constant) is >= -LastErrno and < 0 && Negated().Match(text.Slice(value.Span)) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"^\(?-\s*(?<name>E[A-Z0-9]+)\)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Negated();

    [GeneratedRegex(@"(\bcase\s+-?\w+:|\bdefault:|==\s*-E[A-Z0-9]+\))(\s|/\*.*?\*/)*(return|\w+\s*=)\s*\(?-E[A-Z0-9]+", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Mapped();
}

/// <summary>What a result becomes.</summary>
/// <param name="From">The result, or the error code without its sign.</param>
/// <param name="To">The error code that it becomes, without its sign.</param>
public readonly record struct ErrnoAnswer(string From, string To)
{
    public override string ToString() => $"{From} {To}";
}
