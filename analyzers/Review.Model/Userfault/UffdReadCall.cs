using Review.Model.Calls;

namespace Review.Model.Userfault;

/// <summary>read(2) of a userfaultfd: waits until a message is there and takes it. The value is the number of bytes of one message.</summary>
public sealed record UffdReadCall(Current Current, int Userfaultfd) : Call(Current)
{
    private const ulong MessageSize = 32;

    /// <inheritdoc/>
    public override string NextAction => "reads a userfaultfd event";

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        var read = machine.Read(Userfaultfd, out var message);
        return message is null ? Calls.Step.Wait(machine, this) : Calls.Step.End(read, new CallResult(MessageSize));
    }
}
