using Review.Core.Syntax;

namespace Review.Rules.Gup;

/// <summary>The values of a few FOLL_ bits as the file sees them: they have changed between kernels. 0 for a bit that the file does not name.</summary>
internal sealed class FollValues
{
    public FollValues(TranslationUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit.Text.Bytes.IndexOf("FOLL_"u8) < 0)
        {
            return;
        }

        foreach (var node in unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf()))
        {
            switch (FlagWord.NameOf(node))
            {
                case "FOLL_GET":
                    Get = Value(node);
                    break;
                case "FOLL_PIN":
                    Pin = Value(node);
                    break;
                case "FOLL_LONGTERM":
                    Longterm = Value(node);
                    break;
            }
        }
    }

    public ulong Get { get; }

    public ulong Pin { get; }

    public ulong Longterm { get; }

    /// <summary>True if a function spells a bit's name.</summary>
    public static bool Names(FunctionDefinition function, string name)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Body.DescendantsAndSelf().Any(node => FlagWord.NameOf(node) == name);
    }

    /// <summary>
    /// True if a path through a function may find a bit set in a word: the function puts it there, or asks for that bit alone. That one of several bits is set says of none that it is, and
    /// a negative number is an error.
    /// </summary>
    public static bool MayShow(FunctionDefinition function, ulong bit)
    {
        ArgumentNullException.ThrowIfNull(function);
        return bit != 0 && function.Body.DescendantsAndSelf<Expression>().Any(expression => expression switch
        {
            { Constant: { } number } => number > 0 && (unchecked((ulong)number) & bit) != 0 && expression.Parent is not Expression { Constant: not null } && (unchecked((ulong)number) == bit || !IsMask(expression)),
            UnaryExpression { Operator: UnaryOperator.BitwiseNot or UnaryOperator.Minus } => true,
            _ => false,
        });
    }

    private static bool IsMask(Expression bits) =>
        bits.Parent is BinaryExpression { Operator: BinaryOperator.BitwiseAnd } || (bits.Parent is AssignmentExpression { Compound: BinaryOperator.BitwiseAnd } assignment && assignment.Value == bits);

    private static ulong Value(Node node) => unchecked((ulong)(((Expression)node).Constant ?? 0));
}
