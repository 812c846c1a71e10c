using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;
using static ClangSharp.Interop.CXCursorKind;

namespace Review.Clang;

/// <summary>Turns one parsed translation unit into our tree.</summary>
internal sealed unsafe partial class UnitReader
{
    private const byte EndOfFileMark = 0x1a;

    private readonly CXTranslationUnitImpl* unit;
    private readonly ParseRequest request;
    private readonly void* mainFile;
    private readonly CXCursor[] topLevel;
    private readonly FileTokens tokens;
    private readonly MacroTable macros;
    private readonly FileContents contents;
    private readonly OriginReader origins;
    private readonly TypeReader types;
    private SymbolReader symbols;
    private readonly HeaderView? view;
    private readonly IncludeReader includes;
    private readonly bool hasHeader;

    /// <param name="unit">What clang parsed.</param>
    /// <param name="request">What it was asked for.</param>
    /// <param name="header">The precompiled header that it took in; null for none.</param>
    public UnitReader(CXTranslationUnitImpl* unit, ParseRequest request, PrecompiledHeader? header = null)
    {
        this.unit = unit;
        this.request = request;
        hasHeader = header is not null;
        var name = NativeText.Copy(request.AbsolutePath);
        mainFile = clang.getFile(unit, name);
        NativeMemory.Free(name);
        tokens = new FileTokens(unit, mainFile, request.Text);
        topLevel = Cursors.Children(clang.getTranslationUnitCursor(unit));
        macros = new MacroTable(topLevel, mainFile, tokens, header?.Index);
        includes = new IncludeReader(unit, topLevel, header);
        contents = new FileContents(unit);
        origins = new OriginReader(contents, macros);
        view = header is null || request.Shared is not null ? null : new HeaderView(header.Declarations, topLevel);
        types = new TypeReader(request.Shared, view?.Declarations);
        symbols = NewSymbols();
    }

    /// <summary>
    /// What the headers that clang opened for this version say, as a number to compare; those of a precompiled header are left out, for clang itself refuses one whose
    /// headers have changed.
    /// </summary>
    public string Headers
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var file in includes.Opened.Where(file => file != (nint)mainFile))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(NativeText.Take(clang.getFileName((void*)file))));
                hash.AppendData(contents.Of((void*)file));
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
    }

    /// <summary>True if everything that the file names is declared where its own includes lead to; known when it was read.</summary>
    public bool KeepsToItsIncludes { get; private set; } = true;

    public TranslationUnit Read()
    {
        var messages = ReadMessages();
        var errors = messages.Where(static message => message.Severity >= CompilerSeverity.Error).ToList();
        var functions = ImmutableArray.CreateBuilder<FunctionDefinition>();
        var globals = ImmutableArray.CreateBuilder<GlobalVariable>();
        var problems = ImmutableArray.CreateBuilder<FunctionProblem>();
        foreach (var cursor in topLevel)
        {
            switch (cursor.kind)
            {
                case CXCursor_FunctionDecl when IsInFile(cursor) && clang.isCursorDefinition(cursor) != 0:
                    ReadFunction(cursor, errors, functions, problems);
                    break;
                case CXCursor_VarDecl when IsInFile(cursor):
                    ReadGlobal(cursor, globals);
                    break;
            }
        }

        KeepsToItsIncludes = includes.LeadTo(symbols.Declarations.Concat(macros.Invoked));
        return new TranslationUnit
        {
            Surroundings = request.History is null ? null : new object(),
            Text = request.Text,
            Functions = functions.ToImmutable(),
            HeaderFunctions = KeepsToItsIncludes ? ReadHeaderFunctions() : [],
            Globals = globals.ToImmutable(),
            Macros = macros.Invocations,
            Comments = tokens.Comments,
            Skipped = ReadSkipped(),
            Messages = [.. HiddenRest(), .. messages],
            Problems = problems.ToImmutable(),
            Includes = [.. includes.Paths.Select(request.DisplayPath).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private SymbolReader NewSymbols() => new(types, cursor => IsInFile(cursor) ? origins.Read(cursor).Span : default, view is not null ? view.Share : request.Shared is { } shared ? shared.Share : null);

    private ImmutableArray<CompilerMessage> ReadMessages()
    {
        var messages = MessageReader.Read(unit, request);
        return hasHeader ? messages.RemoveAll(message => LeadingMacros.IsUndone(message, request.Text.Path)) : messages;
    }

    private void ReadFunction(
        CXCursor cursor,
        List<CompilerMessage> errors,
        ImmutableArray<FunctionDefinition>.Builder functions,
        ImmutableArray<FunctionProblem>.Builder problems)
    {
        var name = Cursors.Spelling(cursor);
        var span = SpanOf(cursor);
        var inside = errors.FindAll(error => error.Path == request.Text.Path && IsInOrRightBehind(error.Offset, span));
        if (inside.Count > 0)
        {
            problems.Add(new FunctionProblem(name, span, $"clang reports an error in it: {inside[0].Text}", IsInvalidCode: true));
            _ = errors.RemoveAll(inside.Contains);
            return;
        }

        try
        {
            uint offset;
            clang.getFileLocation(clang.getCursorLocation(cursor), null, null, null, &offset);
            var nameSpan = macros.StartingAt((int)offset)?.Span ?? new TextSpan((int)offset, (int)offset + name.Length);
            functions.Add(new FunctionReader(request.Text, types, symbols, origins).ReadFunction(cursor, span, nameSpan, macros.Inside(span)));
        }
        catch (NotUnderstoodException exception)
        {
            problems.Add(errors.Count > 0 ? new FunctionProblem(name, span, $"clang reports an error: {errors[0].Text}", IsInvalidCode: true) : new FunctionProblem(name, span, exception.Message));
        }
    }

    // What a macro makes may begin with one of the macro's arguments; it stands where the macro does.
    private TextSpan SpanOf(CXCursor cursor)
    {
        var origin = origins.Read(cursor);
        return origin.Span with { Start = Math.Min(origin.Span.Start, origin.Invocation?.Span.Start ?? origin.Span.Start) };
    }

    /// <summary>The functions of headers that those of the file call, directly or further down.</summary>
    private ImmutableArray<FunctionDefinition> ReadHeaderFunctions() =>
        new HeaderFunctionReader(request, topLevel, IsInFile, types, symbols, new OriginReader(contents, macros) { IsElsewhere = true }, view).Read();

    /// <summary>An error between a function's last token and the next one is the function's own: it misses its end.</summary>
    private bool IsInOrRightBehind(int offset, TextSpan span) =>
        span.Contains(offset) || (offset >= span.End && request.Text.Bytes[span.End..offset].IndexOfAnyExcept(" \t\r\n"u8) < 0);

    private void ReadGlobal(CXCursor cursor, ImmutableArray<GlobalVariable>.Builder globals)
    {
        var initializer = clang.Cursor_getVarDeclInitializer(cursor);
        Expression? value = null;
        if (clang.Cursor_isNull(initializer) == 0)
        {
            try
            {
                value = new FunctionReader(request.Text, types, symbols, origins).ReadInitializer(initializer);
            }
            catch (NotUnderstoodException)
            {
                // Tables that the front end cannot read are of no use to a rule; they hold no code.
                value = null;
            }
        }

        if (symbols.Read(cursor) is VariableSymbol symbol)
        {
            var isDefinition = clang.Cursor_isNull(initializer) == 0 || clang.Cursor_getStorageClass(cursor) != CX_StorageClass.CX_SC_Extern;
            globals.Add(new GlobalVariable(symbol, value, origins.Read(cursor).Span) { IsDefinition = isDefinition });
        }
    }

    /// <summary>With the kernel's -fms-extensions clang takes one character for the end of the file, and does not say so.</summary>
    private IEnumerable<CompilerMessage> HiddenRest()
    {
        var mark = request.Text.Bytes.IndexOf(EndOfFileMark);
        if (mark >= 0)
        {
            var (line, column) = request.Text.PositionOf(mark);
            yield return new CompilerMessage(CompilerSeverity.Error, request.Text.Path, line, column, mark, "a control-Z hides the rest of the file", "", []);
        }
    }

    private bool IsInFile(CXCursor cursor)
    {
        void* file;
        clang.getFileLocation(clang.getCursorLocation(cursor), &file, null, null, null);
        return file == mainFile;
    }

    private ImmutableArray<TextSpan> ReadSkipped()
    {
        var ranges = clang.getSkippedRanges(unit, mainFile);
        if (ranges is null)
        {
            return [];
        }

        var result = ImmutableArray.CreateBuilder<TextSpan>();
        for (var i = 0u; i < ranges->count; i++)
        {
            uint start;
            uint end;
            clang.getFileLocation(clang.getRangeStart(ranges->ranges[i]), null, null, null, &start);
            clang.getFileLocation(clang.getRangeEnd(ranges->ranges[i]), null, null, null, &end);
            result.Add(new TextSpan((int)start, (int)end));
        }

        clang.disposeSourceRangeList(ranges);
        return result.ToImmutable();
    }
}
