using System.Collections.Immutable;
using System.Globalization;

namespace Review.Core.Syntax;

/// <summary>
/// The functions of a file that do nothing but call another function with their own parameters: <c>static bool may_read(p, n) { return access_ok(p, n); }</c>. A call of one is the
/// call of the other, so that is what whoever looks at the file sees: what is known of a function by name is true of a helper that hands on to it, whichever helper that is.
/// Each parameter is handed on once, so that nothing is evaluated more or less often than before. Only functions that no other file can name are seen through: what
/// others name has a meaning of its own.
/// </summary>
public sealed class Forwarders
{
    /// <summary>Forwarders that hand on to each other; more are one that hands on to itself.</summary>
    private const int LongestChain = 16;

    private readonly Dictionary<string, Forwarder> known;

    private Forwarders(Dictionary<string, Forwarder> known) => this.known = known;

    /// <summary>The file as it is without its forwarders; the same object if it has none.</summary>
    /// <param name="unit">The file as it was read.</param>
    /// <param name="trees">The trees made for other versions of the file; null if there are none. What has not changed keeps its number.</param>
    public static TranslationUnit SeeThrough(TranslationUnit unit, SeenThroughTrees? trees = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var found = unit.Functions.Select(function => Forwarder.Of(unit, function)).OfType<Forwarder>().DistinctBy(static forwarder => forwarder.Function.Name).ToDictionary(static forwarder => forwarder.Function.Name, StringComparer.Ordinal);
        return found.Count == 0 ? unit : new Forwarders(found).Rewrite(unit, trees ?? new SeenThroughTrees());
    }

    private TranslationUnit Rewrite(TranslationUnit unit, SeenThroughTrees trees)
    {
        foreach (var name in known.Keys.Where(LeadsBack).ToList())
        {
            _ = known.Remove(name);
        }

        // Whoever has a forwarder called by address calls the forwarder.
        var called = new HashSet<string>(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var global in unit.Globals.Where(static global => global.Initializer is not null))
        {
            Look(global.Initializer!);
        }

        var functions = unit.Functions.Select(function => (Function: function, Inside: Look(function.Body))).ToList();
        if (called.Count == 0)
        {
            return unit;
        }

        var isLeftOut = trees.Of(functions.Select(function => (function.Function, string.Join(' ', function.Inside.Select(KeyOf)))), Rewrite).ToLookup(function => known.ContainsKey(function.Name) && called.Contains(function.Name) && !named.Contains(function.Name));
        return unit.With([.. isLeftOut[false]], [.. isLeftOut[true]]);

        SortedSet<string> Look(Node root)
        {
            var inside = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var name in root.DescendantsAndSelf<NameExpression>())
            {
                if (name.Symbol is FunctionSymbol symbol && known.ContainsKey(symbol.Name))
                {
                    _ = CallBy(name) is null ? named.Add(symbol.Name) : called.Add(symbol.Name) | inside.Add(symbol.Name);
                }
            }

            return inside;
        }
    }

    private BlockStatement Rewrite(FunctionDefinition function) => new TreeMove(InsteadOf).Of(function.Body);

    private Expression? InsteadOf(CallExpression call, TreeMove move) => TargetOf(call) is { } forwarder ? InsteadOf(call, forwarder, move.Of(call.Arguments)) : null;

    /// <summary>What a forwarder gives back for arguments; it stands where the source calls the first one.</summary>
    private Expression InsteadOf(CallExpression first, Forwarder forwarder, ImmutableArray<Expression> arguments)
    {
        return Of(forwarder.Value);

        Expression Of(Expression expression) => expression switch
        {
            CastExpression cast => new CastExpression(first.Origin, cast.Type, cast.Kind, Of(cast.Operand)),
            CallExpression call => TargetOf(call) is { } next
                ? InsteadOf(first, next, [.. call.Arguments.Select(Argument)])
                : new CallExpression(first.Origin, call.Type, Callee(call.Callee), [.. call.Arguments.Select(Argument)]) { Forwarder = first.Function!.Name },
            _ => throw new InvalidOperationException($"{forwarder.Function.Name}() forwards something else"),
        };

        Expression Callee(Expression expression) => expression switch
        {
            CastExpression cast => new CastExpression(first.Callee.Origin, cast.Type, cast.Kind, Callee(cast.Operand)) { IsRead = cast.IsRead },
            NameExpression name => new NameExpression(first.Callee.Origin, name.Type, name.Symbol) { IsRead = name.IsRead },
            _ => throw new InvalidOperationException($"{forwarder.Function.Name}() forwards to something else"),
        };

        Expression Argument(Expression expression) => expression switch
        {
            CastExpression cast => Cast(cast, Argument(cast.Operand)),
            NameExpression { Symbol: VariableSymbol parameter } => arguments[parameter.Ordinal],
            _ => throw new InvalidOperationException($"{forwarder.Function.Name}() forwards something else"),
        };

        static CastExpression Cast(CastExpression cast, Expression operand) => new(operand.Origin, cast.Type, cast.Kind, operand);
    }

    private Forwarder? TargetOf(CallExpression call) => call.Function is { } function ? known.GetValueOrDefault(function.Name) : null;

    private bool LeadsBack(string name)
    {
        var length = 0;
        for (var forwarder = known.GetValueOrDefault(name); forwarder is not null && length <= LongestChain; forwarder = TargetOf(forwarder.Call))
        {
            length++;
        }

        return length > LongestChain;
    }

    /// <summary>What the calls of a forwarder become, in all versions of the file.</summary>
    private string KeyOf(string name) => known[name] is var forwarder && TargetOf(forwarder.Call) is { } next
        ? string.Create(CultureInfo.InvariantCulture, $"{forwarder.Function.Revision}>{KeyOf(next.Function.Name)}")
        : forwarder.Function.Revision.ToString(CultureInfo.InvariantCulture);

    private static CallExpression? CallBy(NameExpression name) => name.Ancestors().FirstOrDefault(static node => node is not CastExpression) is CallExpression call && call.Callee.Unwrapped == name ? call : null;

    /// <summary>A function that only hands on.</summary>
    /// <param name="Function">The function.</param>
    /// <param name="Value">What it gives back: the call, perhaps in casts.</param>
    /// <param name="Call">The call.</param>
    private sealed record Forwarder(FunctionDefinition Function, Expression Value, CallExpression Call)
    {
        /// <summary>The function as a forwarder; null if it does something else.</summary>
        public static Forwarder? Of(TranslationUnit unit, FunctionDefinition function)
        {
            if (!function.Symbol.IsStatic || function.Symbol.Signature?.IsVariadic != false || unit.Text.Slice(function.NameSpan) != function.Name || SystemCallName.Of(function.Name) != function.Name)
            {
                return null;
            }

            var value = function.Body.Statements switch
            {
                [ReturnStatement { Value: { } returned }] => returned,
                [ExpressionStatement called] => called.Expression,
                [ExpressionStatement called, ReturnStatement { Value: null }] => called.Expression,
                _ => null,
            };
            return value is { Origin.Kind: OriginKind.Spelled } && CallIn(value) is { Function: { } callee } call && callee.Name != function.Name && HandsOn(function, call) ? new Forwarder(function, value, call) : null;
        }

        private static CallExpression? CallIn(Expression value) => WithoutCasts(value) is CallExpression { Origin.Kind: OriginKind.Spelled, Function.IsNoReturn: false } call && WithoutCasts(call.Callee) is NameExpression ? call : null;

        /// <summary>True if the call gets each parameter once and nothing else.</summary>
        private static bool HandsOn(FunctionDefinition function, CallExpression call)
        {
            var rest = function.Parameters.ToHashSet();
            return call.Arguments.All(argument => WithoutCasts(argument) is NameExpression { IsRead: true, Symbol: VariableSymbol { Kind: VariableKind.Parameter } parameter } && rest.Remove(parameter)) && rest.Count == 0;
        }

        private static Expression WithoutCasts(Expression expression)
        {
            while (expression is CastExpression cast)
            {
                expression = cast.Operand;
            }

            return expression;
        }
    }
}
