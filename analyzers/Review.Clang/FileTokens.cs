using System.Collections.Immutable;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>The tokens of the file as written, before the preprocessor: comments, and the arguments of macro invocations.</summary>
internal sealed unsafe class FileTokens
{
    private static readonly Comparer<(TextSpan Span, CXTokenKind Kind)> ByStart = Comparer<(TextSpan Span, CXTokenKind Kind)>.Create(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));

    private readonly SourceText text;
    private readonly List<(TextSpan Span, CXTokenKind Kind)> tokens = [];

    public FileTokens(CXTranslationUnitImpl* unit, void* file, SourceText text)
    {
        this.text = text;
        var range = clang.getRange(clang.getLocationForOffset(unit, file, 0), clang.getLocationForOffset(unit, file, (uint)text.Length));
        CXToken* native;
        uint count;
        clang.tokenize(unit, range, &native, &count);
        if (native is null)
        {
            return;
        }

        tokens.Capacity = (int)count;
        for (var i = 0u; i < count; i++)
        {
            var extent = clang.getTokenExtent(unit, native[i]);
            var span = new TextSpan(OffsetOf(clang.getRangeStart(extent)), OffsetOf(clang.getRangeEnd(extent)));
            tokens.Add((span, clang.getTokenKind(native[i])));
        }

        clang.disposeTokens(unit, native, count);
    }

    public ImmutableArray<Comment> Comments =>
    [
        .. tokens.Where(static token => token.Kind == CXTokenKind.CXToken_Comment).Select(token => new Comment(token.Span, text.Slice(token.Span))),
    ];

    /// <summary>The arguments of a function-like macro whose name starts at an offset; empty where the parentheses are not in the file.</summary>
    public ImmutableArray<MacroArgument> ArgumentsOf(int nameStart)
    {
        var arguments = ImmutableArray.CreateBuilder<MacroArgument>();
        var index = tokens.BinarySearch((new TextSpan(nameStart, 0), default), ByStart);
        if (index < 0)
        {
            return [];
        }

        var depth = 0;
        TextSpan? argument = null;
        for (index++; index < tokens.Count; index++)
        {
            var (span, kind) = tokens[index];
            if (kind == CXTokenKind.CXToken_Comment)
            {
                continue;
            }

            var c = kind == CXTokenKind.CXToken_Punctuation && span.Length == 1 ? text.Bytes[span.Start] : (byte)0;
            if (depth == 0 && c != (byte)'(')
            {
                return [];
            }

            if (c is (byte)'(' or (byte)'[' or (byte)'{' && depth++ == 0)
            {
                continue;
            }

            if (c is (byte)')' or (byte)']' or (byte)'}' && --depth == 0)
            {
                Finish();
                return arguments.ToImmutable();
            }

            if (c == (byte)',' && depth == 1)
            {
                Finish();
                continue;
            }

            argument = argument is { } known ? known with { End = span.End } : span;
        }

        return [];

        void Finish()
        {
            if (argument is { } span)
            {
                arguments.Add(new MacroArgument(arguments.Count, span, text.Slice(span)));
            }
            else
            {
                arguments.Add(new MacroArgument(arguments.Count, default, ""));
            }

            argument = null;
        }
    }

    private static int OffsetOf(CXSourceLocation location)
    {
        uint offset;
        clang.getSpellingLocation(location, null, null, null, &offset);
        return (int)offset;
    }
}
