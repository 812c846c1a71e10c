using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ClangSharp.Interop;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// Reads the functions of headers that those of a file call, directly or further down, in the order in which they are named. Those of a precompiled header are read once for all files.
/// </summary>
/// <param name="request">The file.</param>
/// <param name="topLevel">What it declares.</param>
/// <param name="isInFile">True for what stands in the file itself.</param>
/// <param name="types">The types as the file has them.</param>
/// <param name="symbols">The symbols as the file has them; it knows which functions were named.</param>
/// <param name="nowhere">Tells where nodes come from that stand in headers: nowhere.</param>
/// <param name="view">The declarations of a precompiled header; null if nothing is shared.</param>
internal sealed unsafe class HeaderFunctionReader(
    ParseRequest request, CXCursor[] topLevel, Func<CXCursor, bool> isInFile, TypeReader types, SymbolReader symbols, OriginReader nowhere, HeaderView? view)
{
    private readonly ImmutableArray<FunctionDefinition>.Builder functions = ImmutableArray.CreateBuilder<FunctionDefinition>();
    private readonly Queue<Named> open = [];
    private readonly HashSet<FunctionSymbol> seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<FunctionSymbol, CXCursor> cursors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<nint, string> paths = [];
    private Dictionary<string, CXCursor>? late;

    /// <summary>Reads them.</summary>
    public ImmutableArray<FunctionDefinition> Read()
    {
        TakeNamed();
        while (open.TryDequeue(out var next))
        {
            if (next.Function is null)
            {
                ReadForFile(next.Declaration);
            }
            else
            {
                ReadForAll(next, next.Function, view!);
            }

            TakeNamed();
        }

        return functions.ToImmutable();
    }

    private void TakeNamed()
    {
        while (symbols.TryTakeFunction(out var declaration))
        {
            if (view is null || !HeaderDeclarations.Has(declaration))
            {
                open.Enqueue(new Named(null, declaration, null));
            }
            else if (view.Read(declaration) is FunctionSymbol function)
            {
                _ = cursors.TryAdd(function, declaration);
                Add(function, null);
            }
        }
    }

    private void Add(FunctionSymbol function, Named? by)
    {
        if (seen.Add(function))
        {
            open.Enqueue(new Named(function, default, by));
        }
    }

    /// <summary>A function for this file alone.</summary>
    private void ReadForFile(CXCursor declaration)
    {
        var shared = request.Shared?.HeaderFunctions;
        if (shared?.ContainsKey((FunctionSymbol)symbols.Read(declaration)) == true)
        {
            return;
        }

        var definition = clang.getCursorDefinition(declaration);
        if (definition.kind == CXCursorKind.CXCursor_FunctionDecl && !isInFile(definition) && Read(definition, new FunctionReader(request.Text, types, symbols, nowhere)) is { } function)
        {
            functions.Add(function);
            shared?.Add(function.Symbol, function);
        }
    }

    /// <summary>A function that the precompiled header declares.</summary>
    private void ReadForAll(Named next, FunctionSymbol function, HeaderView view)
    {
        var known = view.Declarations.Find(function) ?? view.Declarations.Keep(function, ReadOfHeader(CursorOf(next, view), view));
        if (!known.HasBody)
        {
            if (DefinedLate(function.Name) is { } definition)
            {
                ReadForFile(definition);
            }
        }
        else if (known.IsOfFile || !view.LeavesOpen(known.Incomplete))
        {
            ReadForFile(CursorOf(next, view));
        }
        else
        {
            if (known.Definition is not null)
            {
                functions.Add(known.Definition);
            }

            foreach (var callee in known.Named)
            {
                Add(callee, next);
            }
        }
    }

    private HeaderFunction ReadOfHeader(CXCursor declaration, HeaderView view)
    {
        var definition = clang.getCursorDefinition(declaration);
        if (definition.kind != CXCursorKind.CXCursor_FunctionDecl || !HeaderDeclarations.Has(definition))
        {
            return HeaderFunction.WithoutBody;
        }

        var named = view.NewSymbols();
        var reader = new FunctionReader(request.Text, view.Types, named, nowhere);
        var function = Read(definition, reader);
        var callees = ImmutableArray.CreateBuilder<FunctionSymbol>();
        while (named.TryTakeFunction(out var callee))
        {
            var symbol = (FunctionSymbol)named.Read(callee);
            _ = cursors.TryAdd(symbol, callee);
            callees.Add(symbol);
        }

        return new HeaderFunction(function, true, callees.ToImmutable(), function is null ? [] : view.Declarations.IncompleteIn(function), reader.ReadsConstants);
    }

    private FunctionDefinition? Read(CXCursor definition, FunctionReader reader)
    {
        try
        {
            return reader.ReadFunction(definition, default, default, [], HeaderOf(definition));
        }
        catch (NotUnderstoodException)
        {
            // As good as one whose body is in another file.
            return null;
        }
    }

    /// <summary>The declaration of a function. Where a tree that another file made names it, clang's tree of this file is asked.</summary>
    private CXCursor CursorOf(Named named, HeaderView view)
    {
        if (!cursors.TryGetValue(named.Function!, out var cursor))
        {
            foreach (var callee in Cursors.NamedFunctions(clang.getCursorDefinition(CursorOf(named.By!, view))))
            {
                if (view.Read(callee) is FunctionSymbol function)
                {
                    _ = cursors.TryAdd(function, clang.getCanonicalCursor(callee));
                }
            }

            cursor = cursors[named.Function!];
        }

        return cursor;
    }

    /// <summary>The body that the file's other headers have of a function that the precompiled header only declares.</summary>
    private CXCursor? DefinedLate(string function)
    {
        late ??= topLevel.Where(cursor => cursor.kind == CXCursorKind.CXCursor_FunctionDecl && clang.isCursorDefinition(cursor) != 0 && !isInFile(cursor) && HeaderDeclarations.Has(clang.getCanonicalCursor(cursor)))
            .DistinctBy(Cursors.Spelling, StringComparer.Ordinal).ToDictionary(Cursors.Spelling, StringComparer.Ordinal);
        return late.TryGetValue(function, out var definition) ? definition : null;
    }

    private string HeaderOf(CXCursor cursor)
    {
        void* file;
        clang.getFileLocation(clang.getCursorLocation(cursor), &file, null, null, null);
        ref var path = ref CollectionsMarshal.GetValueRefOrAddDefault(paths, (nint)file, out _);
        return path ??= request.DisplayPath(NativeText.Take(clang.getFileName(file)));
    }

    /// <summary>A function that was named and not looked at yet.</summary>
    /// <param name="Function">The function; null for one that the precompiled header does not declare.</param>
    /// <param name="Declaration">Where one of those is declared.</param>
    /// <param name="By">Whose shared tree names it; null if the file's own trees do.</param>
    private sealed record Named(FunctionSymbol? Function, CXCursor Declaration, Named? By);
}
