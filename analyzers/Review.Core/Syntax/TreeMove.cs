using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Core.Syntax;

/// <summary>
/// Copies what stands behind an edit to where it stands afterwards; an edit is one change or several. The copies are trees like any others; symbols that have no place of their own, and types, stay the
/// same objects, so that trees before and behind the edit still belong together.
/// </summary>
public sealed class TreeMove
{
    private readonly Dictionary<object, object> copies = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<(int From, int Distance)> steps;
    private readonly TreeMove? globals;
    private readonly Func<CallExpression, TreeMove, Expression?>? instead;

    /// <param name="changes">The edit: what differs, in the order of the file.</param>
    public TreeMove(IEnumerable<ChangedRange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        steps = [.. changes.Select(static change => (change.Old.End, change.New.End - change.Old.End))];
        globals = this;
    }

    /// <summary>Moves functions that were read in another version of the file.</summary>
    /// <param name="steps">Where they begin there, in bytes, and how much further behind they stand here from there on; in the order of the file.</param>
    /// <param name="globals">Moves the variables outside of them that they name, which are those of the version before this one.</param>
    public TreeMove(ImmutableArray<(int From, int Distance)> steps, TreeMove globals) => (this.steps, this.globals) = (steps, globals);

    /// <summary>Copies what stays where it is, with other expressions in the place of some calls.</summary>
    /// <param name="instead">What comes instead of a call; null for a copy of it.</param>
    internal TreeMove(Func<CallExpression, TreeMove, Expression?> instead) => (steps, this.instead) = ([], instead);

    /// <summary>Where a range is afterwards that no change is in, or that is around some.</summary>
    public TextSpan Of(TextSpan span) => Of(span.Start) is var start && span.Length == 0 ? new(start, start) : new(start, Of(span.End - 1) + 1);

    /// <summary>A function that no change is in.</summary>
    public FunctionDefinition Of(FunctionDefinition function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Stays(function.Span))
        {
            return function;
        }

        var body = Of(function.Body);
        Node.Seal(body, function.Body);
        return new FunctionDefinition(function.Symbol, [.. function.Parameters.Select(Of)], body, Of(function.Span), Of(function.NameSpan), [.. function.Macros.Select(Of)]) { Header = function.Header };
    }

    /// <summary>A variable at file level that no change is in.</summary>
    public GlobalVariable Of(GlobalVariable global)
    {
        ArgumentNullException.ThrowIfNull(global);
        if (Stays(global.Span))
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
        return Stays(invocation.Span) ? invocation : Copy(invocation, original => new MacroInvocation(original.Name, Of(original.Span), original.IsFunctionLike, [.. original.Arguments.Select(Of)]));
    }

    /// <summary>A variable; one that is declared behind the edit gets a new symbol, the same for all that name it.</summary>
    public VariableSymbol Of(VariableSymbol variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var move = variable.Kind == VariableKind.Global ? globals : this;
        return move is null || move.DistanceAt(variable.Span.Start) == 0 ? variable : move.Copy(variable, original => new VariableSymbol(original.Name, original.Type, original.Kind, move.Of(original.Span), original.Ordinal));
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

    /// <summary>True if nothing in a range, or named there, has moved: between two changes that even each other out a variable may have.</summary>
    private bool Stays(TextSpan span) => steps.All(step => step.Distance == 0 || step.From >= span.End) && (globals is null || globals == this || globals.steps.All(static step => step.Distance == 0));

    private int Of(int offset) => offset + DistanceAt(offset);

    private int DistanceAt(int offset)
    {
        var distance = 0;
        foreach (var step in steps)
        {
            if (offset < step.From)
            {
                break;
            }

            distance = step.Distance;
        }

        return distance;
    }

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
