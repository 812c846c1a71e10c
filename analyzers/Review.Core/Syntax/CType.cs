using System.Collections.Immutable;

namespace Review.Core.Syntax;

/// <summary>A C type. Types of one translation unit are shared: equal types are the same object.</summary>
public abstract class CType(string spelling, long size)
{
    /// <summary>The type as clang spells it, e.g. <c>struct vm_area_struct **</c>.</summary>
    public string Spelling { get; } = spelling;

    /// <summary>Size in bytes; -1 if it has none: incomplete, a function, or an array whose length is not constant.</summary>
    public long Size { get; } = size;

    /// <summary>The type with all typedefs taken off its outside.</summary>
    public virtual CType Canonical => this;

    /// <summary>For a pointer, what it points to (typedefs taken off); else null.</summary>
    public CType? Pointee => (Canonical as PointerType)?.Target.Canonical;

    /// <summary>True for <c>struct name</c> and <c>union name</c>.</summary>
    public bool IsRecord(string name) => Canonical is RecordType record && record.Name == name;

    /// <summary>True for a pointer to <c>struct name</c>.</summary>
    public bool IsPointerTo(string record) => Pointee is { } target && target.IsRecord(record);

    /// <summary>True for a pointer to a pointer to <c>struct name</c>.</summary>
    public bool IsPointerToPointerTo(string record) => Pointee is { } target && target.IsPointerTo(record);

    public override string ToString() => Spelling;
}

/// <summary><c>void</c>.</summary>
public sealed class VoidType(string spelling) : CType(spelling, -1);

/// <summary>An integer type, <c>char</c> and <c>_Bool</c> included.</summary>
public sealed class IntegerType(string spelling, long size, bool isSigned, bool isBool) : CType(spelling, size)
{
    /// <summary>True if values can be negative.</summary>
    public bool IsSigned { get; } = isSigned;

    /// <summary>True for <c>_Bool</c>.</summary>
    public bool IsBool { get; } = isBool;
}

/// <summary>A floating type; the kernel has them in a few headers only.</summary>
public sealed class FloatingType(string spelling, long size) : CType(spelling, size);

/// <summary>A pointer.</summary>
public sealed class PointerType(string spelling, long size, CType target, bool isTargetConst) : CType(spelling, size)
{
    /// <summary>What it points to.</summary>
    public CType Target { get; } = target;

    /// <summary>True if the target is <c>const</c>.</summary>
    public bool IsTargetConst { get; } = isTargetConst;
}

/// <summary>An array; <see cref="Length"/> is -1 where it is not known.</summary>
public sealed class ArrayType(string spelling, long size, CType element, long length) : CType(spelling, size)
{
    public CType Element { get; } = element;

    public long Length { get; } = length;
}

/// <summary>A structure or union.</summary>
public sealed class RecordType(string spelling, long size, string name, bool isUnion) : CType(spelling, size)
{
    /// <summary>The tag, or the typedef's name for a record without a tag; empty if it has neither.</summary>
    public string Name { get; } = name;

    public bool IsUnion { get; } = isUnion;
}

/// <summary>An enumeration.</summary>
public sealed class EnumType(string spelling, long size, string name, CType underlying) : CType(spelling, size)
{
    public string Name { get; } = name;

    /// <summary>The integer type that represents it.</summary>
    public CType Underlying { get; } = underlying;
}

/// <summary>A function's type.</summary>
public sealed class FunctionType(string spelling, CType result, ImmutableArray<CType> parameters, bool isVariadic, bool isNoReturn) : CType(spelling, -1)
{
    public CType Result { get; } = result;

    public ImmutableArray<CType> Parameters { get; } = parameters;

    public bool IsVariadic { get; } = isVariadic;

    /// <summary>True for <c>__noreturn</c>.</summary>
    public bool IsNoReturn { get; } = isNoReturn;
}

/// <summary>A typedef's name, e.g. <c>pgoff_t</c>.</summary>
public sealed class TypedefType(string spelling, CType underlying) : CType(spelling, underlying.Size)
{
    public CType Underlying { get; } = underlying;

    public override CType Canonical => Underlying.Canonical;
}

/// <summary>A type that the front end names without taking it apart: vectors, complex numbers, <c>__int128</c> of another target.</summary>
public sealed class OpaqueType(string spelling, long size) : CType(spelling, size);
