using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Source;

namespace Review.Core.Syntax;

/// <summary>Something that has a name. Symbols are shared within a translation unit: compare by reference.</summary>
public abstract class Symbol(string name, CType type)
{
    public string Name { get; } = name;

    public CType Type { get; } = type;

    public override string ToString() => Name;
}

/// <summary>How long a variable lives.</summary>
public enum VariableKind
{
    Parameter,
    Local,
    StaticLocal,
    Global,
}

/// <summary>A variable or parameter.</summary>
public sealed class VariableSymbol(string name, CType type, VariableKind kind, TextSpan span, int ordinal) : Symbol(name, type)
{
    public VariableKind Kind { get; } = kind;

    /// <summary>Place of the declaration, if it stands in the file of the translation unit.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>Position among the parameters, from 0; else -1.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>True for locals and parameters, which nobody else can name.</summary>
    public bool IsAutomatic => Kind is VariableKind.Parameter or VariableKind.Local;
}

/// <summary>A member of a structure or union.</summary>
public sealed class FieldSymbol(string name, CType type, string record, long offsetBits, int bitWidth) : Symbol(name, type)
{
    /// <summary>Name of the structure or union that it is a member of; empty for one without a name. Anonymous records are seen through.</summary>
    public string Record { get; } = record;

    /// <summary>Offset in bits from the start of <see cref="Record"/>; negative where clang does not know it.</summary>
    public long OffsetBits { get; } = offsetBits;

    /// <summary>Width in bits for a bit field, else 0.</summary>
    public int BitWidth { get; } = bitWidth;
}

/// <summary>An enumerator.</summary>
public sealed class EnumeratorSymbol(string name, CType type, long value) : Symbol(name, type)
{
    public long Value { get; } = value;
}

/// <summary>A function.</summary>
public sealed class FunctionSymbol(string name, CType type, bool isStatic, bool isInline) : Symbol(name, type)
{
    /// <summary>The function's own type, without typedefs.</summary>
    public FunctionType? Signature => Type.Canonical as FunctionType;

    public bool IsStatic { get; } = isStatic;

    public bool IsInline { get; } = isInline;

    /// <summary>True if control never comes back: <c>__noreturn</c>, <c>BUILD_BUG()</c>'s stubs.</summary>
    public bool IsNoReturn => Signature?.IsNoReturn == true;
}

/// <summary>A label of a function.</summary>
public sealed class LabelSymbol(string name) 
{
    public string Name { get; } = name;

    public override string ToString() => Name;
}

/// <summary>A function with its body.</summary>
public sealed class FunctionDefinition(
    FunctionSymbol symbol,
    ImmutableArray<VariableSymbol> parameters,
    BlockStatement body,
    TextSpan span,
    TextSpan nameSpan,
    ImmutableArray<MacroInvocation> macros)
{
    public FunctionSymbol Symbol { get; } = symbol;

    /// <summary>The function's name, e.g. <c>madvise_dontneed_free</c>; for a system call <c>__do_sys_madvise</c>.</summary>
    public string Name => Symbol.Name;

    public ImmutableArray<VariableSymbol> Parameters { get; } = parameters;

    public BlockStatement Body
    {
        get
        {
            ReadAccount.NoteTree(Revision);
            return body;
        }
    }

    /// <summary>The number of the function's tree: what the function is like in one version of the file it is in all versions in which it has this number.</summary>
    public long Revision { get; } = body.Identity?.Revision ?? 0;

    /// <summary>The header that the function stands in, as a path inside the tree; null for one of the file itself. The nodes of one from a header have no place.</summary>
    public string? Header { get; init; }

    /// <summary>From the return type to the closing brace, in bytes.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The name in the declarator, in bytes.</summary>
    public TextSpan NameSpan { get; } = nameSpan;

    /// <summary>The macro invocations spelled in the function, in source order, including those that left no node behind.</summary>
    public ImmutableArray<MacroInvocation> Macros
    {
        get
        {
            ReadAccount.NoteTree(Revision);
            return macros;
        }
    }

    public override string ToString() => Name;
}

/// <summary>A variable at file level, e.g. a table of operations.</summary>
/// <param name="Symbol">The variable.</param>
/// <param name="Initializer">Its initial value, if it has one that the front end understands.</param>
/// <param name="Span">The declaration's extent in bytes.</param>
public sealed record GlobalVariable(VariableSymbol Symbol, Expression? Initializer, TextSpan Span)
{
    /// <summary>False for a declaration of what another file, or another place of this one, defines.</summary>
    public bool IsDefinition { get; init; } = true;
}
