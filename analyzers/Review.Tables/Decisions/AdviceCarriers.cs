using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>
/// The variables, parameters and members of a file that hold an advice: those that are compared with one, and those that such a value is copied from or to.
/// </summary>
public sealed class AdviceCarriers
{
    private readonly HashSet<Symbol> symbols = [];
    private readonly HashSet<string> records = new(StringComparer.Ordinal);

    public AdviceCarriers(TranslationUnit unit, IEnumerable<AdviceTable> tables)
    {
        var arrays = tables.Select(static table => table.Array).ToHashSet();
        var copies = new List<(Symbol, Symbol)>();
        var functions = unit.Functions.DistinctBy(static function => function.Name).ToDictionary(static function => function.Symbol);
        foreach (var node in unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf()))
        {
            switch (node)
            {
                case SwitchStatement @switch when @switch.Labels.OfType<CaseLabel>().Any() && @switch.Labels.OfType<CaseLabel>().All(static label => Advice.IsName(label.Name)):
                    Add(@switch.Subject);
                    break;
                case BinaryExpression { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } comparison:
                    if (Compared(comparison, unit.Text) is var (subject, _))
                    {
                        Add(subject);
                    }

                    break;
                case IndexExpression { Target: var target } index when target.Unwrapped is NameExpression { Symbol: VariableSymbol array } && arrays.Contains(array):
                    Add(index.Index);
                    break;
                case AssignmentExpression { Compound: null } assignment:
                    Copy(SymbolOf(assignment.Target), assignment.Value);
                    break;
                case LocalDeclaration { Initializer: InitializerList list }:
                    CopyMembers(list);
                    break;
                case LocalDeclaration { Initializer: { } initializer } local:
                    Copy(local.Symbol, initializer);
                    break;
                case CallExpression { Function: { } callee, Origin.IsInFile: true } call when functions.TryGetValue(callee, out var definition):
                    // Calls that a macro spells are how system calls are entered: there every value comes out of the same registers.
                    foreach (var (parameter, argument) in definition.Parameters.Zip(call.Arguments))
                    {
                        Copy(parameter, argument);
                    }

                    break;
            }
        }

        for (var isChanged = symbols.Count > 0; isChanged;)
        {
            isChanged = false;
            foreach (var (to, from) in copies)
            {
                isChanged |= (symbols.Contains(to) && symbols.Add(from)) || (symbols.Contains(from) && symbols.Add(to));
            }
        }

        records.UnionWith(symbols.OfType<FieldSymbol>().Select(static field => field.Record));

        void Add(Expression subject)
        {
            if (SymbolOf(subject) is { } symbol)
            {
                _ = symbols.Add(symbol);
            }
        }

        void Copy(Symbol? to, Expression value)
        {
            if (to is not null && SymbolOf(value) is { } from && HoldsNumber(to) && HoldsNumber(from))
            {
                copies.Add((to, from));
            }
        }

        void CopyMembers(InitializerList list)
        {
            foreach (var element in list.Elements)
            {
                if (element.Designators is [{ Field: { } field }])
                {
                    Copy(field, element.Value);
                }
            }
        }
    }

    private AdviceCarriers()
    {
    }

    /// <summary>Those of a file that does not speak of advice.</summary>
    public static AdviceCarriers None { get; } = new();

    /// <summary>True if the file decides nothing about advice.</summary>
    public bool IsEmpty => symbols.Count == 0;

    public bool Contains(Symbol symbol) => symbols.Contains(symbol);

    /// <summary>True if a record of a name has a member for an advice.</summary>
    public bool IsMember(string record) => records.Contains(record);

    /// <summary>True if an expression is the advice itself, read from a variable, a member, or through a pointer to it.</summary>
    public bool IsAdvice(Expression expression) =>
        expression.Type.Canonical is IntegerType or EnumType && SymbolOf(expression) is { } symbol && symbols.Contains(symbol);

    /// <summary>The variable or member that an expression names, points to or is the address of; null if it is anything else.</summary>
    public static Symbol? SymbolOf(Expression expression) => expression.Unwrapped switch
    {
        NameExpression { Symbol: VariableSymbol variable } => variable,
        MemberExpression member => member.Field,
        UnaryExpression { Operator: UnaryOperator.AddressOf or UnaryOperator.Dereference } unary => SymbolOf(unary.Operand),
        _ => null,
    };

    /// <summary>What a comparison compares with which advice; null if it compares something else.</summary>
    public static (Expression Subject, string Name)? Compared(BinaryExpression comparison, SourceText text) =>
        Advice.NameOf(comparison.Right, text) is { } right ? (comparison.Left, right)
        : Advice.NameOf(comparison.Left, text) is { } left ? (comparison.Right, left)
        : null;

    private static bool HoldsNumber(Symbol symbol) =>
        symbol.Type.Canonical is IntegerType { IsBool: false } or EnumType || symbol.Type.Pointee is IntegerType { IsBool: false } or EnumType;
}
