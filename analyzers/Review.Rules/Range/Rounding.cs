using System.Globalization;
using Review.Core.Syntax;

namespace Review.Rules.Range;

/// <summary>A bound of a range that is rounded to something larger than a page.</summary>
/// <param name="Value">The rounded value.</param>
/// <param name="Subject">What is rounded: a parameter, or an edge of a VMA.</param>
/// <param name="To">To a multiple of what, as it is written or as a number.</param>
/// <param name="IsUp">True if it is rounded up.</param>
internal sealed record Rounding(Expression Value, Symbol Subject, string To, bool IsUp)
{
    private const long PageSize = 4096;

    /// <summary>To a multiple of what, as a number where it is known, however it is written.</summary>
    private string Size => Value.DescendantsAndSelf<CallExpression>().Any(static call => call.Function?.Name is "huge_page_size" or "huge_page_mask") ? "huge pages" : Value.DescendantsAndSelf<BinaryExpression>()
        .Select(static mask => mask switch
        {
            { Operator: BinaryOperator.BitwiseAnd, Right.Constant: < -PageSize and var kept } => -kept,
            { Operator: BinaryOperator.BitwiseOr, Right.Constant: >= PageSize and var filled } => filled + 1,
            _ => (long?)null,
        }).FirstOrDefault(static size => size is { } number && long.IsPow2(number))?.ToString(CultureInfo.InvariantCulture) ?? To;

    /// <summary>True if it is a number to a multiple of which this rounds.</summary>
    public bool IsToNumber => Value.DescendantsAndSelf<BinaryExpression>().Any(static mask => mask is { Operator: BinaryOperator.BitwiseAnd, Right.Constant: < -PageSize } or { Operator: BinaryOperator.BitwiseOr, Right.Constant: >= PageSize });

    /// <summary>The roundings that a function stores: in a variable of its own, or where a parameter points to.</summary>
    public static IEnumerable<Rounding> In(FunctionDefinition function) =>
        function.Body.DescendantsAndSelf().Select(static node => node switch
        {
            LocalDeclaration { Initializer: { } initializer } => initializer,
            AssignmentExpression { Compound: null } assignment => assignment.Value,
            _ => null,
        }).OfType<Expression>().Select(Of).OfType<Rounding>().Concat(function.Body.DescendantsAndSelf<AssignmentExpression>().Select(Masked).OfType<Rounding>());

    /// <summary><c>*start &amp;= huge_page_mask(h)</c></summary>
    private static Rounding? Masked(AssignmentExpression assignment) =>
        assignment is { Compound: BinaryOperator.BitwiseAnd, Value: var mask } && mask.DescendantsAndSelf<CallExpression>().Any(static call => call.Function?.Name == "huge_page_mask") && mask.Unwrapped is CallExpression && SubjectOf(assignment.Target) is { } subject
            ? new Rounding(mask, subject, "huge pages", IsUp: false) : null;

    /// <summary>The rounding that an expression is, or null.</summary>
    public static Rounding? Of(Expression expression)
    {
        var value = expression.Unwrapped;
        if (value.Origin is { Kind: OriginKind.MacroBody, Invocation: { Arguments: [_, var size] } macro } && macro.Span == value.Span && RangeFacts.RoundingOf(macro.Name) is { } isUp)
        {
            return size.Text.Trim() != "PAGE_SIZE" && SubjectOf(value) is { } subject ? new Rounding(value, subject, size.Text.Trim(), isUp) : null;
        }

        return value is BinaryExpression { Operator: BinaryOperator.BitwiseAnd, Right.Constant: < -PageSize and var mask } masked && long.IsPow2(-mask) && SubjectOf(masked.Left) is { } bound
            ? new Rounding(value, bound, (-mask).ToString(CultureInfo.InvariantCulture), masked.Left.Unwrapped is BinaryExpression { Operator: BinaryOperator.Add, Right.Constant: { } added } && added == ~mask)
            : null;
    }

    /// <summary>The parameters that are lengths: they are added to something that is no number.</summary>
    public static HashSet<Symbol> LengthsIn(FunctionDefinition function) =>
    [
        .. function.Body.DescendantsAndSelf<BinaryExpression>()
            .Where(static sum => sum.Operator == BinaryOperator.Add && sum.Left.Unwrapped.Constant is null && sum.Right.Unwrapped is NameExpression { Symbol: VariableSymbol { Kind: VariableKind.Parameter } })
            .Select(static sum => ((NameExpression)sum.Right.Unwrapped).Symbol),
    ];

    /// <summary>True if this is about the end of the range of which the other one is about the start.</summary>
    public bool IsEndOf(Rounding start) => Size == start.Size && IsEnd(Subject, start.Subject);

    /// <summary>True if two things that are rounded are the end and the start of one range: neighbours among the parameters of which the second is called an end (a source and a destination are neighbours, too), or the edges of a VMA.</summary>
    public static bool IsEnd(Symbol end, Symbol start) => (end, start) switch
    {
        (VariableSymbol second, VariableSymbol first) => second.Ordinal == first.Ordinal + 1 && second.Name.Contains("end", StringComparison.Ordinal),
        (FieldSymbol second, FieldSymbol first) => second.Name == "vm_end" && first.Name == "vm_start",
        _ => false,
    };

    private static Symbol? SubjectOf(Expression expression)
    {
        foreach (var node in expression.DescendantsAndSelf())
        {
            switch (node)
            {
                case MemberExpression { Field: { Record: "vm_area_struct", Name: "vm_start" or "vm_end" } edge }:
                    return edge;
                case MemberExpression:
                    return null;
                case NameExpression { Symbol: VariableSymbol variable }:
                    return variable.Kind == VariableKind.Parameter && (variable.Type.Pointee ?? variable.Type.Canonical) is IntegerType { IsSigned: false, Size: 8 } ? variable : null;
            }
        }

        return null;
    }
}
