using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ClangSharp.Interop;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// What the trees of all files have in common that take in one precompiled header: types and symbols of what it declares, and its functions. They are made once, by whoever comes first, and
/// say what the header says, whatever a file adds to it. Several threads may read files at once.
/// </summary>
internal sealed class HeaderDeclarations
{
    /// <summary>
    /// clang numbers the places of a translation unit: those of the file and of what it includes from 1 upwards, those of what is compiled already from here downwards. A
    /// precompiled header is the first that is taken in, so that a place in it has the same number in all files.
    /// </summary>
    private const uint AllPlaces = 1u << 31;

    private readonly ConcurrentDictionary<(uint Place, CXCursorKind Kind, string Name), Symbol> symbols = [];
    private readonly ConcurrentDictionary<(Type Class, string Spelling, long Size, string Parts), SharedType> types = [];
    private readonly ConcurrentDictionary<CType, SharedType> known = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<FunctionSymbol, HeaderFunction> functions = new(ReferenceEqualityComparer.Instance);
    private int last;

    /// <summary>True if a declaration stands in the precompiled header, or nowhere because it is clang's own.</summary>
    public static bool Has(CXCursor declaration) => PlaceOf(declaration) is var place && (place == 0 || (place & (AllPlaces - 1)) >= AllPlaces / 2);

    /// <summary>The place of a declaration of the header, as a number that no other place of it has.</summary>
    public static uint PlaceOf(CXCursor declaration) => clang.getCursorLocation(declaration).int_data;

    /// <summary>The symbol of a declaration of the header that is not local to a function.</summary>
    public Symbol Share(CXCursor declaration, Func<CXCursor, Symbol> create)
    {
        var key = (PlaceOf(declaration), declaration.kind, Cursors.Spelling(declaration));
        return symbols.TryGetValue(key, out var symbol) ? symbol : symbols.GetOrAdd(key, create(declaration));
    }

    /// <summary>The one object for a type that is made of shared ones; a type that is not stays what it is.</summary>
    public CType Share(CType type)
    {
        if (known.ContainsKey(type) || !TypeReader.PartsOf(type).All(known.ContainsKey))
        {
            return type;
        }

        var of = TypeReader.PartsOf(type).Select(part => known[part]).ToList();
        return Share(type, string.Join(' ', of.Select(static part => part.Number)), () => of.Aggregate(ImmutableHashSet<uint>.Empty, static (all, part) => all.Union(part.Incomplete)));
    }

    /// <summary>The one object for a structure, union or enumeration of the header.</summary>
    /// <param name="type">The type, as the header knows it.</param>
    /// <param name="declaration">Where it is declared first.</param>
    public CType Share(CType type, CXCursor declaration)
    {
        var place = PlaceOf(declaration);
        return Share(type, string.Create(CultureInfo.InvariantCulture, $"at {place}"), () => type.Size < 0 ? [place] : []);
    }

    /// <summary>The places of the structures, unions and enumerations that a shared type is made of and that the header does not define.</summary>
    public ImmutableHashSet<uint> IncompleteIn(CType type) => known.TryGetValue(type, out var shared) ? shared.Incomplete : [];

    /// <summary>The same for all types in a function, and those of what it names.</summary>
    public ImmutableHashSet<uint> IncompleteIn(FunctionDefinition function)
    {
        var found = new HashSet<CType>(function.Parameters.Select(static parameter => parameter.Type)) { function.Symbol.Type };
        foreach (var node in function.Body.DescendantsAndSelf())
        {
            if (node is Expression expression)
            {
                _ = found.Add(expression.Type);
            }

            found.UnionWith(node switch
            {
                NameExpression name => [name.Symbol.Type],
                MemberExpression member => [member.Field.Type],
                LocalDeclaration local => [local.Symbol.Type],
                InitializerList list => list.Members.Select(static member => member.Type),
                _ => [],
            });
        }

        return found.Aggregate(ImmutableHashSet<uint>.Empty, (all, type) => all.Union(IncompleteIn(type)));
    }

    /// <summary>What is known of a function that the header declares; null if nobody has read it.</summary>
    public HeaderFunction? Find(FunctionSymbol function) => functions.GetValueOrDefault(function);

    /// <summary>Keeps what was read of a function, unless somebody was faster.</summary>
    public HeaderFunction Keep(FunctionSymbol function, HeaderFunction read) => functions.GetOrAdd(function, read);

    private CType Share(CType type, string parts, Func<ImmutableHashSet<uint>> incomplete)
    {
        var key = (type.GetType(), type.Spelling, type.Size, parts);
        if (!types.TryGetValue(key, out var shared))
        {
            shared = types.GetOrAdd(key, new SharedType(type, Interlocked.Increment(ref last), incomplete()));
        }

        _ = known.TryAdd(shared.Type, shared);
        return shared.Type;
    }

    private sealed record SharedType(CType Type, int Number, ImmutableHashSet<uint> Incomplete);
}

/// <summary>A function that a precompiled header declares.</summary>
/// <param name="Definition">Its tree; null if the header has no body, or none that is understood.</param>
/// <param name="HasBody">True if its body is in the header.</param>
/// <param name="Named">The functions that the body names, in the order in which it does.</param>
/// <param name="Incomplete">The places of the structures, unions and enumerations in it that the header does not define.</param>
/// <param name="IsOfFile">True if what it says may depend on the file that takes the header in, so that each has to read it.</param>
internal sealed record HeaderFunction(FunctionDefinition? Definition, bool HasBody, ImmutableArray<FunctionSymbol> Named, ImmutableHashSet<uint> Incomplete, bool IsOfFile)
{
    /// <summary>One whose body is not in the header.</summary>
    public static HeaderFunction WithoutBody { get; } = new(null, false, [], [], false);
}
