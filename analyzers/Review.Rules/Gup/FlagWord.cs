using Review.Core.Syntax;

namespace Review.Rules.Gup;

/// <summary>A variable, or what a pointer variable points to, that holds FOLL_ or FAULT_FLAG_ bits.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="IsPointee">True if the bits lie where the variable points to, as in faultin_page().</param>
internal readonly record struct FlagWord(VariableSymbol Variable, bool IsPointee)
{
    /// <summary>The flag words of a function: those that it tests, sets or clears by such a bit, and parameters that mm/ always gives one of a few names.</summary>
    public static HashSet<FlagWord> In(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var words = function.Parameters
            .Where(static parameter => parameter.Type.Canonical is IntegerType && parameter.Name is "gup_flags" or "foll_flags" or "fault_flags")
            .Select(static parameter => new FlagWord(parameter, false))
            .ToHashSet();
        var tests = new HashSet<(FlagWord Word, string Bit)>();
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            var (word, bits) = node switch
            {
                BinaryExpression { Operator: BinaryOperator.BitwiseAnd or BinaryOperator.BitwiseOr } binary => Of(binary.Left) is { } left ? (left, binary.Right) : (Of(binary.Right), binary.Left),
                AssignmentExpression { Compound: null or BinaryOperator.BitwiseAnd or BinaryOperator.BitwiseOr } assignment => (Of(assignment.Target), assignment.Value),
                LocalDeclaration { Initializer: { } initializer } declaration => (IsWide(declaration.Symbol.Type) ? new FlagWord(declaration.Symbol, false) : null, initializer),
                _ => ((FlagWord?)null, (Expression?)null),
            };
            if (word is not { } found || bits?.Unwrapped is not { } value || !IsMask(value))
            {
                continue;
            }

            // "write & FOLL_WRITE" may ask a truth value that came out of a word; whoever asks for another bit too has the word itself.
            tests.UnionWith(NamesIn(value).Select(name => (found, name)));
            if (node is not BinaryExpression || found.Variable.Name.Contains("flags", StringComparison.Ordinal) || tests.Count(test => test.Word == found) > 1)
            {
                _ = words.Add(found);
            }
        }

        return words;
    }

    /// <summary>The variables that are declared as copies of a word, with all its bits, and never set again.</summary>
    public static HashSet<Symbol> CopiesIn(FunctionDefinition function, HashSet<FlagWord> words)
    {
        ArgumentNullException.ThrowIfNull(function);
        var copies = words.Count == 0 ? [] : function.Body.DescendantsAndSelf<LocalDeclaration>()
            .Where(declaration => declaration.Initializer is { } value && IsWide(declaration.Symbol.Type) && Of(value) is { } word && words.Contains(word)).Select(static declaration => (Symbol)declaration.Symbol).ToHashSet();
        copies.ExceptWith(copies.Count == 0 ? [] : function.Body.DescendantsAndSelf<AssignmentExpression>().Select(static assignment => (assignment.Target as NameExpression)?.Symbol).OfType<Symbol>());
        return copies;
    }

    /// <summary>The flag words of which an argument is made by bit operators.</summary>
    public static IEnumerable<FlagWord> UnitedIn(Expression argument) => argument.Unwrapped switch
    {
        BinaryExpression { Operator: BinaryOperator.BitwiseOr } union => UnitedIn(union.Left).Concat(UnitedIn(union.Right)),
        var single => Of(single) is { } word ? [word] : [],
    };

    /// <summary>The variable or pointee that an expression reads; null for anything else.</summary>
    public static FlagWord? Of(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return expression.Unwrapped switch
        {
            NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable } when IsWide(variable.Type) => new FlagWord(variable, false),
            UnaryExpression { Operator: UnaryOperator.Dereference, Operand.Unwrapped: NameExpression { Symbol: VariableSymbol pointer } } dereference when IsWide(dereference.Type) => new FlagWord(pointer, true),
            _ => null,
        };
    }

    /// <summary>The names of the FOLL_ and FAULT_FLAG_ bits that an expression spells.</summary>
    public static IEnumerable<string> NamesIn(Expression expression) => expression.DescendantsAndSelf().Select(NameOf).OfType<string>();

    /// <summary>The name of one bit, whether it is a macro, as up to 6.2, or an enumerator.</summary>
    public static string? NameOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var name = node switch
        {
            NameExpression { Symbol: EnumeratorSymbol enumerator } => enumerator.Name,
            LiteralExpression { Origin.Macro: { } macro } => macro,
            _ => null,
        };
        return name is not null && (name.StartsWith("FOLL_", StringComparison.Ordinal) || name.StartsWith("FAULT_FLAG_", StringComparison.Ordinal)) ? name : null;
    }

    /// <summary>True for bits put together with bit operators only; the result of a call is no mask, and one bit taken out of a word is a truth value.</summary>
    private static bool IsMask(Expression expression) => expression.Unwrapped switch
    {
        BinaryExpression { Operator: BinaryOperator.BitwiseOr } binary => IsMask(binary.Left) || IsMask(binary.Right),
        BinaryExpression { Operator: BinaryOperator.BitwiseAnd } test => test.Right.Unwrapped is UnaryExpression { Operator: UnaryOperator.BitwiseNot } cleared && IsMask(cleared),
        UnaryExpression { Operator: UnaryOperator.BitwiseNot } not => IsMask(not.Operand),
        ConditionalExpression { WhenTrue: { } whenTrue } conditional => IsMask(whenTrue) || IsMask(conditional.WhenFalse),
        var bit => NameOf(bit) is not null,
    };

    /// <summary>A truth value is no flag word.</summary>
    private static bool IsWide(CType type) => type.Canonical is IntegerType { IsBool: false } or EnumType;

    public override string ToString() => IsPointee ? $"*{Variable.Name}" : Variable.Name;
}
