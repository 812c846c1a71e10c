using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>What the functions of a file do if the advice is one certain value: the code that is reached, and what they answer.</summary>
/// <param name="decisions">The file's decisions.</param>
/// <param name="value">The advice.</param>
/// <param name="isRemote">True to assume that it is about another process.</param>
public sealed class AdviceAssumption(AdviceDecisions decisions, long value, bool isRemote)
{
    /// <summary>Functions followed that return what another one returns.</summary>
    private const int MaximumDepth = 3;

    private readonly Dictionary<FunctionSymbol, AdviceWalk?> walks = [];

    /// <summary>The advice.</summary>
    public long Value { get; } = value;

    /// <summary>The functions that are reached with the advice in hand from a function, that one first, and the nodes evaluated in them.</summary>
    public IEnumerable<(FunctionDefinition Function, IReadOnlySet<Node> Nodes)> ReachedFrom(FunctionDefinition root)
    {
        var seen = new HashSet<FunctionSymbol> { root.Symbol };
        var work = new Queue<FunctionDefinition>([root]);
        while (work.TryDequeue(out var function))
        {
            var nodes = WalkOf(function)?.Nodes ?? decisions.NodesOf(function);
            yield return (function, nodes);
            foreach (var call in nodes.OfType<CallExpression>())
            {
                foreach (var callee in decisions.CalleesWith(call))
                {
                    if (seen.Add(callee.Symbol))
                    {
                        work.Enqueue(callee);
                    }
                }
            }
        }
    }

    /// <summary>The number that a function of the file always returns; null if there is none, or it is not known.</summary>
    public long? AnswerOf(FunctionDefinition function) => WalkOf(function)?.Answer;

    /// <summary>The value of an expression; null if it does not depend on the advice alone.</summary>
    public long? Of(Expression expression)
    {
        expression = expression.Unwrapped;
        if (expression.Constant is { } constant)
        {
            return constant;
        }

        if (decisions.Carriers.IsAdvice(expression))
        {
            return Value;
        }

        return expression switch
        {
            MemberExpression member when decisions.TableWith(member.Field) is { } table => table.Lookup(member.Field, Value),
            MemberExpression member when decisions.LookupWith(member.Field) is { } lookup => MemberOf(lookup, member.Field, MaximumDepth),
            IndexExpression { Target: var target } when AdviceCarriers.SymbolOf(target) is VariableSymbol array && decisions.TableOf(array) is { } table => table.Lookup(null, Value),
            CallExpression call => OfCall(call),
            UnaryExpression { Operator: UnaryOperator.LogicalNot } not => Of(not.Operand) is { } operand ? Truth(operand == 0) : null,
            BinaryExpression { Operator: BinaryOperator.LogicalAnd } and => (Of(and.Left), Of(and.Right)) switch
            {
                (0, _) or (_, 0) => 0,
                ({ }, { }) => 1,
                _ => null,
            },
            BinaryExpression { Operator: BinaryOperator.LogicalOr } or => (Of(or.Left), Of(or.Right)) switch
            {
                (0, 0) => 0,
                ({ } left, _) when left != 0 => 1,
                (_, { } right) when right != 0 => 1,
                _ => null,
            },
            BinaryExpression comparison => OfComparison(comparison),
            _ => null,
        };
    }

    /// <summary>A member of the record that a function returns for the advice; null if it is not a number that can be told.</summary>
    private long? MemberOf(FunctionDefinition function, FieldSymbol field, int depth)
    {
        if (depth == 0 || WalkOf(function) is not { } walk || walk.Nodes.OfType<ReturnStatement>().ToList() is not [{ Value: { } value }])
        {
            return null;
        }

        return value.Unwrapped switch
        {
            CompoundLiteral { Value: InitializerList list } => AdviceTable.MemberOf(list, field),
            NameExpression { Symbol: VariableSymbol { IsAutomatic: false } constant } when decisions.InitializerOf(constant) is { } list => AdviceTable.MemberOf(list, field),
            CallExpression { Function: { } callee } when decisions.FunctionOf(callee) is { } inner => MemberOf(inner, field, depth - 1),
            _ => null,
        };
    }

    private long? OfCall(CallExpression call) =>
        call.Function is { } callee && decisions.FunctionOf(callee) is { } function && (decisions.CalleesWith(call).Contains(function) || (isRemote && decisions.AsksWhose(function)))
            ? AnswerOf(function) : null;

    private long? OfComparison(BinaryExpression comparison)
    {
        if (comparison.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual && isRemote && decisions.AsksWhose(comparison))
        {
            return Truth(comparison.Operator == BinaryOperator.NotEqual);
        }

        if (Of(comparison.Left) is not { } left || Of(comparison.Right) is not { } right)
        {
            return null;
        }

        // A negative number is a large one where the other side is unsigned.
        var isUnsigned = IsUnsigned(comparison.Left) || IsUnsigned(comparison.Right);
        var order = isUnsigned ? unchecked((ulong)left).CompareTo(unchecked((ulong)right)) : left.CompareTo(right);
        return comparison.Operator switch
        {
            BinaryOperator.Equal => Truth(left == right),
            BinaryOperator.NotEqual => Truth(left != right),
            BinaryOperator.Less => Truth(order < 0),
            BinaryOperator.LessOrEqual => Truth(order <= 0),
            BinaryOperator.Greater => Truth(order > 0),
            BinaryOperator.GreaterOrEqual => Truth(order >= 0),
            _ => null,
        };
    }

    private static bool IsUnsigned(Expression operand) => operand.Type.Canonical is IntegerType { IsSigned: false };

    private static long Truth(bool value) => value ? 1 : 0;

    private AdviceWalk? WalkOf(FunctionDefinition function)
    {
        if (!walks.TryGetValue(function.Symbol, out var walk))
        {
            // A function that calls itself is asked while it is being followed: nothing is known of it then.
            walks[function.Symbol] = null;
            walks[function.Symbol] = walk = decisions.Questions.Walk(function, Of);
        }

        return walk;
    }
}
