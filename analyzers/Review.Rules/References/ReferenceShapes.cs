using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.References;

/// <summary>What types, names and places say of references.</summary>
internal static class ReferenceShapes
{
    private static readonly string[] Takers = ["put", "free", "release", "drop", "exit", "destroy"];

    public static bool IsPage(CType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsPointerTo("page") || type.IsPointerTo("folio");
    }

    /// <summary>Nobody takes over the reference to a task or an address space who does not say so in a name; pages wander.</summary>
    public static bool IsLasting(CType type, CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(call);
        return type.Pointee is RecordType { Name: "task_struct" or "mm_struct" or "dev_pagemap" or "pid" or "anon_vma_name" or "swap_info_struct" }
            && call.Function is { } callee && !Array.Exists(Takers, word => callee.Name.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>A VMA has its mm without a reference.</summary>
    public static bool IsMmOfVma(Value thing) =>
        thing is UnknownValue { Source: InitialContent { Place: FieldPlace { Field: { Record: "vm_area_struct", Name: "vm_mm" }, Container: PointeePlace } } };

    /// <summary>Whoever takes a reference to what a VMA lends out does so because the VMA may go before the thing is no longer wanted.</summary>
    public static bool IsLentByVma(CType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsPointerTo("anon_vma_name");
    }

    /// <summary>What a function returns has changed over time, and with it what success looks like.</summary>
    public static bool Fits(string verb, CallExpression call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return verb switch
        {
            "grabs if pointer" => call.Type.Canonical is PointerType,
            "grabs if truth" => call.Type.Canonical is IntegerType { IsBool: true },
            "grabs if number" => call.Type.Canonical is IntegerType { IsBool: false },
            _ => true,
        };
    }
}
