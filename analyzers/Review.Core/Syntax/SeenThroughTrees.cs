using System.Collections.Immutable;

namespace Review.Core.Syntax;

/// <summary>
/// The trees made of the functions of one file's versions that call forwarders. Where neither a function nor those forwarders have changed, its tree in the next version is the same, or
/// a copy of it with the same number. Two versions may be looked at side by side.
/// </summary>
public sealed class SeenThroughTrees
{
    private volatile ImmutableDictionary<long, Made> last = ImmutableDictionary<long, Made>.Empty;

    /// <summary>The functions of a version, those that call forwarders with trees of their own. What the version does not need is forgotten.</summary>
    /// <param name="functions">The functions as they were read, with what the forwarders are that each calls; with nothing if it calls none.</param>
    /// <param name="make">Makes a function's tree; it is not sealed.</param>
    internal ImmutableArray<FunctionDefinition> Of(IEnumerable<(FunctionDefinition Function, string Forwarders)> functions, Func<FunctionDefinition, BlockStatement> make)
    {
        var (before, now) = (last, ImmutableDictionary.CreateBuilder<long, Made>());
        var result = ImmutableArray.CreateBuilder<FunctionDefinition>();
        foreach (var (function, forwarders) in functions)
        {
            if (forwarders.Length > 0)
            {
                var made = before.GetValueOrDefault(function.Revision) is { } known && known.Forwarders == forwarders ? known.For(function, make) : new Made(function, forwarders, With(function, make(function)));
                now[function.Revision] = made;
                result.Add(made.Tree);
            }
            else
            {
                result.Add(function);
            }
        }

        last = now.ToImmutable();
        return result.ToImmutable();
    }

    private static FunctionDefinition With(FunctionDefinition function, BlockStatement body, FunctionDefinition? original = null)
    {
        if (original is null)
        {
            Node.Seal(body);
        }
        else
        {
            Node.Seal(body, original.Body);
        }

        return new FunctionDefinition(function.Symbol, function.Parameters, body, function.Span, function.NameSpan, function.Macros) { Header = function.Header };
    }

    /// <summary>A tree that was made.</summary>
    /// <param name="Function">The function as it was read.</param>
    /// <param name="Forwarders">What the forwarders are that it calls.</param>
    /// <param name="Tree">The function with the tree that was made.</param>
    private sealed record Made(FunctionDefinition Function, string Forwarders, FunctionDefinition Tree)
    {
        /// <summary>The same in another version, in which the function may stand elsewhere.</summary>
        public Made For(FunctionDefinition function, Func<FunctionDefinition, BlockStatement> make) =>
            ReferenceEquals(function, Function) ? this : this with { Function = function, Tree = With(function, make(function), Tree) };
    }
}
