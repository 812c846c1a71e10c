using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Reads one member of a kernel object.</summary>
internal delegate Value MemberReader(KernelCall call, ForeignObject target);

/// <summary>Which member of a kernel structure is what in the model. A member that is not here makes a run end with "needs".</summary>
internal static class Members
{
    private static readonly Dictionary<string, Func<KernelCall, Vma, Value>> OfVma = new(StringComparer.Ordinal)
    {
        ["vm_start"] = static (_, vma) => Value.Of((long)vma.Start),
        ["vm_end"] = static (_, vma) => Value.Of((long)vma.End),
        ["vm_flags"] = static (_, vma) => Value.Of((long)vma.Flags),
        ["vm_pgoff"] = static (_, vma) => Value.Of((long)vma.PageOffset),
        ["vm_file"] = static (call, vma) => vma.File == 0 ? Value.Of(0) : call.AddressOf(KernelObjects.File, vma.File),
        ["vm_ops"] = static (call, vma) => vma.IsAnonymous ? Value.Of(0) : call.AddressOf(KernelObjects.Operations, (int)vma.Backing),
        ["anon_vma"] = static (call, vma) => vma.AnonVma == 0 ? Value.Of(0) : call.AddressOf(KernelObjects.AnonVma, vma.AnonVma),
        ["anon_name"] = static (_, _) => Value.Of(0),
        ["vm_policy"] = static (_, _) => Value.Of(0),
        ["vm_userfaultfd_ctx.ctx"] = static (call, vma) => vma.Userfaultfd == 0 ? Value.Of(0) : call.AddressOf(KernelObjects.Userfaultfd, vma.Userfaultfd),
        ["vm_next"] = static (call, vma) => call.AddressOf(call.Mm.After(vma)),
        ["vm_prev"] = static (call, vma) => call.AddressOf(call.Mm.Before(vma)),
    };

    private static readonly Dictionary<string, MemberReader> OfOthers = new(StringComparer.Ordinal)
    {
        ["mm_struct.pgd"] = static (call, mm) => call.State.Tables is { } tables ? Value.Of((long)tables.Of(mm.Id)) : throw StopException.Needs("page tables"),
        ["mm_struct.map_count"] = static (call, _) => Value.Of(call.Mm.Vmas.Count),
        ["mm_struct.context.pkey_allocation_map"] = static (_, _) => Value.Of(1),
        ["mm_struct.context.execute_only_pkey"] = static (_, _) => Value.Of(-1),
        [KernelObjects.ProtectOperation] = static (call, operations) => (Backing)operations.Id is Backing.Vvar or Backing.PerfRing ? Value.Of((long)Memory.AddressOf(call.Program.TargetOf(KernelObjects.ProtectOperation))) : Value.Of(0),
        ["task_struct.personality"] = static (_, _) => Value.Of(0),
        ["task_struct.mm"] = static (call, task) => call.AddressOf(KernelObjects.Mm, call.Machine.Process(task.Id).Space),
        ["file.f_mapping"] = static (call, file) => call.AddressOf(KernelObjects.Mapping, File(call, file)),
        ["file.f_inode"] = static (call, file) => call.AddressOf(KernelObjects.Inode, File(call, file)),
        ["address_space.host"] = static (call, mapping) => call.AddressOf(KernelObjects.Inode, mapping.Id),
        ["inode.i_flags"] = static (_, _) => Value.Of(0),
    };

    /// <summary>The value of a member.</summary>
    public static Value Load(KernelCall call, ForeignObject target, string member)
    {
        if (target.Record == KernelObjects.Vma)
        {
            var name = WithoutRecord(target, member);
            var vma = call.VmaOf(target, $"reads {name} of");
            if (name == "vm_mm")
            {
                return call.AddressOf(KernelObjects.Mm, KernelObjects.SpaceOf(target.Id) is var other and not 0 ? other : call.Space);
            }

            return OfVma.TryGetValue(name, out var read) ? read(call, vma) : throw StopException.Needs($"{KernelObjects.Vma}.{name}");
        }

        return OfOthers.TryGetValue(member, out var reader) ? reader(call, target) : throw StopException.Needs(member.Length > 0 ? member : $"a member of struct {target.Record}");
    }

    /// <summary>Writes a member.</summary>
    public static void Store(KernelCall call, ForeignObject target, string member, Value value)
    {
        if (target.Record != KernelObjects.Vma)
        {
            throw StopException.Needs($"a write to {(member.Length > 0 ? member : target.Record)}");
        }

        var name = WithoutRecord(target, member);
        var vma = call.VmaOf(target, $"writes {name} of");
        if (!call.HoldsWrite)
        {
            throw StopException.Violates(ViolationKind.Unlocked, $"{call.Caller}() writes {name} of a VMA without mmap_lock held for writing");
        }

        switch (name)
        {
            case "vm_flags":
                VmaChanges.Set(call, vma, (VmFlags)value.Bits);
                break;
            case "anon_name" when value == Value.Of(0):
                break;
            default:
                throw StopException.Needs($"a write to {KernelObjects.Vma}.{name}");
        }
    }

    private static string WithoutRecord(ForeignObject target, string member) =>
        member.StartsWith(target.Record + ".", StringComparison.Ordinal) ? member[(target.Record.Length + 1)..] : member;

    private static int File(KernelCall call, ForeignObject file) =>
        Files.IsAlive(call.State, file.Id) ? file.Id : throw StopException.Violates(ViolationKind.UseAfterFree, $"{call.Caller}() looks at a file that is gone");
}
