using System.Collections.Immutable;
using System.Globalization;
using Review.Core.Engine;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>
/// The expressions of a file's functions that an advice may have the answer to, and what a function does for each set of answers: much of the advice is one to most functions.
/// </summary>
/// <param name="decisions">The file's decisions.</param>
internal sealed class AdviceQuestions(AdviceDecisions decisions)
{
    private readonly Dictionary<FunctionSymbol, ImmutableArray<Expression>> questions = [];
    private readonly Dictionary<(FunctionSymbol Function, string Answers), AdviceWalk?> walks = [];

    /// <summary>True for an expression that has a value to ask for.</summary>
    public static bool IsAskable(Node node) =>
        node is NameExpression { IsRead: true } or MemberExpression { IsRead: true } or UnaryExpression or IndexExpression or CallExpression or BinaryExpression;

    /// <summary>What a function does; null if it cannot be followed.</summary>
    /// <param name="function">The function.</param>
    /// <param name="answerOf">The value of an expression, null if it is not known; asked for each question once.</param>
    public AdviceWalk? Walk(FunctionDefinition function, Func<Expression, long?> answerOf)
    {
        var asked = QuestionsIn(function);
        var answers = asked.Select(answerOf).ToList();
        var key = (function.Symbol, string.Join(' ', answers.Select(static answer => answer?.ToString(CultureInfo.InvariantCulture) ?? "-")));
        if (!walks.TryGetValue(key, out var walk))
        {
            walks[key] = walk = Walk(function, asked.Zip(answers).Where(static pair => pair.Second is not null).ToDictionary(static pair => pair.First, static pair => pair.Second!.Value));
        }

        return walk;
    }

    private AdviceWalk? Walk(FunctionDefinition function, Dictionary<Expression, long> known)
    {
        try
        {
            var walk = new AdviceWalk(decisions.GraphOf(function), known);
            walk.Run(initial: false);
            return walk;
        }
        catch (NotAnalysedException)
        {
            return null;
        }
    }

    private ImmutableArray<Expression> QuestionsIn(FunctionDefinition function)
    {
        if (!questions.TryGetValue(function.Symbol, out var found))
        {
            var known = decisions.NodesOf(function).OfType<Expression>().Where(expression => expression.Unwrapped == expression && expression.Constant is null && MayBeKnown(expression)).ToList();
            questions[function.Symbol] = found = [.. known.Where(expression => !decisions.Carriers.IsAdvice(expression) || !IsHandedOn(expression, known))];
        }

        return found;
    }

    /// <summary>True for an advice that only goes to another function, or into a question that is asked itself: the function does not tell one from the other by it.</summary>
    private static bool IsHandedOn(Expression advice, IReadOnlyCollection<Node> questions) =>
        advice.User is var user && (user is CallExpression || (user is BinaryExpression { Operator: not (BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr) } or IndexExpression && questions.Contains(user)));

    /// <summary>False if no advice tells the value of an expression (<see cref="AdviceAssumption.Of"/>).</summary>
    private bool MayBeKnown(Expression expression)
    {
        expression = expression.Unwrapped;
        return expression.Constant is not null || decisions.Carriers.IsAdvice(expression) || expression switch
        {
            MemberExpression member => decisions.TableWith(member.Field) is not null || decisions.LookupWith(member.Field) is not null,
            IndexExpression { Target: var target } => AdviceCarriers.SymbolOf(target) is VariableSymbol array && decisions.TableOf(array) is not null,
            CallExpression call => call.Function is { } callee && decisions.FunctionOf(callee) is { } function && (decisions.CalleesWith(call).Contains(function) || decisions.AsksWhose(function)),
            UnaryExpression { Operator: UnaryOperator.LogicalNot } not => MayBeKnown(not.Operand),
            BinaryExpression { Operator: BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr } either => MayBeKnown(either.Left) || MayBeKnown(either.Right),
            BinaryExpression comparison => (MayBeKnown(comparison.Left) && MayBeKnown(comparison.Right)) || decisions.AsksWhose(comparison),
            _ => false,
        };
    }
}
