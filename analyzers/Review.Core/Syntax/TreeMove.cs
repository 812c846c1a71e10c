using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Core.Syntax;

/// <summary>
/// Copies what stands behind an edit to where it stands afterwards. The copies are trees like any others; symbols that have no place of their own, and types, stay the
/// same objects, so that trees before and behind the edit still belong together.
/// </summary>
public sealed class TreeMove
{
    private readonly Dictionary<object, object> copies = new(ReferenceEqualityComparer.Instance);
    private readonly int from;
    private readonly int distance;
    private readonly bool movesGlobals;
    private readonly Func<CallExpression, TreeMove, Expression?>? instead;

    /// <param name="difference">The edit.</param>
    public TreeMove(TextDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        (from, distance, movesGlobals) = (difference.Old.End, difference.New.End - difference.Old.End, true);
    }

    /// <summary>Moves functions that were read in another version of the file. The variables outside of them that they name are those of this one, and stay.</summary>
    /// <param name="from">Where the first of them begins there, in bytes.</param>
    /// <param name="distance">How much further behind they stand here, in bytes.</param>
    public TreeMove(int from, int distance) => (this.from, this.distance) = (from, distance);

    /// <summary>Copies what stays where it is, with other expressions in the place of some calls.</summary>
    /// <param name="instead">What comes instead of a call; null for a copy of it.</param>
    internal TreeMove(Func<CallExpression, TreeMove, Expression?> instead) => (from, this.instead) = (int.MaxValue, instead);

    /// <summary>Where a range in front of the edit, behind it or around it is afterwards.</summary>
    public TextSpan Of(TextSpan span) => new(Of(span.Start), Of(span.End));

    /// <summary>A function that stands in front of the edit or behind it.</summary>
    public FunctionDefinition Of(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function.Span.End <= from || distance == 0)
        {
            return function;
        }

        var body = Of(function.Body);
        Node.Seal(body, function.Body);
        return new FunctionDefinition(function.Symbol, [.. function.Parameters.Select(Of)], body, Of(function.Span), Of(function.NameSpan), [.. function.Macros.Select(Of)]) { Header = function.Header };
    }

    /// <summary>A variable at file level that stands in front of the edit or behind it.</summary>
    public GlobalVariable Of(GlobalVariable global)
    {
        ArgumentNullException.ThrowIfNull(global);
        if (global.Span.End <= from || distance == 0)
        {
            return global;
        }

        var initializer = OfOptional(global.Initializer);
        if (initializer is not null)
        {
            Node.Seal(initializer, global.Initializer!);
        }

        return global with { Symbol = Of(global.Symbol), Initializer = initializer, Span = Of(global.Span) };
    }

    /// <summary>A macro invocation; the same copy for the list of all and for the nodes that came from it.</summary>
    public MacroInvocation Of(MacroInvocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return invocation.Span.End <= from || distance == 0 ? invocation : Copy(invocation, original => new MacroInvocation(original.Name, Of(original.Span), original.IsFunctionLike, [.. original.Arguments.Select(Of)]));
    }

    /// <summary>A variable; one that is declared behind the edit gets a new symbol, the same for all that name it.</summary>
    public VariableSymbol Of(VariableSymbol variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable.Span.Start < from || distance == 0 || (variable.Kind == VariableKind.Global && !movesGlobals) ? variable : Copy(variable, original => new VariableSymbol(original.Name, original.Type, original.Kind, Of(original.Span), original.Ordinal));
    }

    internal Symbol Of(Symbol symbol) => symbol is VariableSymbol variable ? Of(variable) : symbol;

    internal Origin Of(Origin origin) => origin with { Span = Of(origin.Span), Invocation = origin.Invocation is { } invocation ? Of(invocation) : null };

    internal Expression? InsteadOf(CallExpression call) => instead?.Invoke(call, this);

    internal T Of<T>(T node)
        where T : Node => (T)node.Moved(this);

    internal T? OfOptional<T>(T? node)
        where T : Node => node is null ? null : Of(node);

    internal ImmutableArray<T> Of<T>(ImmutableArray<T> nodes)
        where T : Node => [.. nodes.Select(node => Of(node))];

    private MacroArgument Of(MacroArgument argument)
    {
        // An empty argument stands nowhere.
        var copy = new MacroArgument(argument.Index, argument.Text.Length == 0 ? argument.Span : Of(argument.Span), argument.Text);
        if (!argument.IsDiscarded)
        {
            copy.MarkUsed();
        }

        return copy;
    }

    private int Of(int offset) => offset < from ? offset : offset + distance;

    private T Copy<T>(T original, Func<T, T> copy)
        where T : class
    {
        if (!copies.TryGetValue(original, out var known))
        {
            copies.Add(original, known = copy(original));
        }

        return (T)known;
    }
}
