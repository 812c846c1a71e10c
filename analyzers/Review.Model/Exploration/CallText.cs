using Review.Model.Scenarios;

namespace Review.Model.Exploration;

/// <summary>Operations as a person writes calls: "madvise(A, 2p, MADV_DONTNEED)".</summary>
public static class CallText
{
    /// <summary>The text of an operation.</summary>
    public static string Of(Operation operation) => operation switch
    {
        Madvise call => $"madvise({call.Address}, {call.Length}, {Madv.NameOf(call.Advice)})",
        Mprotect call => $"mprotect({call.Address}, {call.Length}, {TextOf(call.Protection)})",
        Mremap call => $"mremap({call.Address}, {call.OldLength}, {call.NewLength})",
        ProcessMadvise call => $"process_madvise([{string.Join(", ", call.Vector.Select(static element => $"{element.Address} {element.Length}"))}], {Madv.NameOf(call.Advice)})",
        Mmap call => $"mmap({call.At?.ToString() ?? call.Name}, {call.Length}, {TextOf(call.Protection)})",
        WriteBytes call => $"write to {call.Address}, {call.Length}",
        WritePattern call => $"write to {call.Address}, {call.Length}",
        ReadBytes call => $"read from {call.Address}, {call.Length}",
        AccessRemotely call => $"{OperationNames.Of(call)}({call.Address})",
        UffdRead call => $"read({call.Uffd}): a userfaultfd event",
        UffdWait call => $"poll({call.Uffd})",
        UffdCopy call => $"UFFDIO_COPY({call.Address})",
        UffdZeroPage call => $"UFFDIO_ZEROPAGE({call.Address}, {call.Length})",
        UffdContinue call => $"UFFDIO_CONTINUE({call.Address}, {call.Length})",
        SpeculativeAccess call => $"{(call.Byte is null ? "read from" : "write to")} {call.Address}, the VMA looked up without mmap_lock",
        Fork => "fork()",
        SecondaryRead call => $"a secondary MMU reads {call.Address}",
        UffdWriteProtect call => $"UFFDIO_WRITEPROTECT({call.Address}, {call.Length}, {(call.Protect ? "on" : "off")})",
        UffdRegister call => $"UFFDIO_REGISTER({call.Address}, {call.Length})",
        UffdUnregister call => $"UFFDIO_UNREGISTER({call.Address}, {call.Length})",
        RangeOperation call => $"{OperationNames.Of(call)}({call.Address}, {call.Length})",
        Ftruncate call => $"ftruncate({call.File}, {call.Pages}p)",
        Close call => $"close({call.File})",
        _ => OperationNames.Of(operation),
    };

    private static string TextOf(Protection protection) => protection == Protection.None
        ? "PROT_NONE"
        : string.Join('|', new[] { (Protection.Read, "READ"), (Protection.Write, "WRITE"), (Protection.Execute, "EXEC") }.Where(pair => protection.HasFlag(pair.Item1)).Select(static pair => pair.Item2));
}
