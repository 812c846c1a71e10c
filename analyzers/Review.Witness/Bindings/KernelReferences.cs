using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>References that the interpreted code holds to objects of the kernel, counted by the structure's name.</summary>
internal static class KernelReferences
{
    /// <summary>Takes a reference; the object's address.</summary>
    public static Value Take(KernelCall call, string record, int id)
    {
        call.State = call.State with { ObjectReferences = call.State.ObjectReferences.SetItem(record, call.State.ObjectReferences.GetValueOrDefault(record) + 1) };
        return call.AddressOf(record, id);
    }

    /// <summary>Gives one back.</summary>
    public static void Put(KernelCall call, string record)
    {
        var held = call.State.ObjectReferences.GetValueOrDefault(record);
        if (held == 0)
        {
            throw StopException.Violates(ViolationKind.Reference, $"{call.Caller}() drops a reference to a {record} that it does not hold");
        }

        call.State = call.State with { ObjectReferences = held == 1 ? call.State.ObjectReferences.Remove(record) : call.State.ObjectReferences.SetItem(record, held - 1) };
    }
}
