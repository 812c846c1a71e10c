using Review.Model;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>process_madvise(2) with the target that a scenario asks for.</summary>
internal sealed class ProcessMadviseCall(ProcessMadvise operation, ScenarioNames names)
{
    private const ulong PidfdSelf = unchecked((ulong)-10000);
    private const ulong OpenCloseOnExec = 0x80000;

    public Answer Perform(Tracee process)
    {
        if (operation.Advice is Madv.HwPoison or Madv.SoftOffline)
        {
            return new NotPossible("this advice damages the machine and is never given");
        }

        switch (operation.Target)
        {
            case AdviseTarget.PidfdSelf:
                return Call(process, PidfdSelf);
            case AdviseTarget.BadDescriptor:
                return Call(process, ulong.MaxValue);
            case AdviseTarget.NotPidfd:
                return WithDescriptor(process, process.Call(SystemCall.Open, ScenarioFiles.Text(process, "/dev/null"), OpenCloseOnExec));
            case AdviseTarget.Self:
                return WithDescriptor(process, process.Call(SystemCall.PidfdOpen, (ulong)process.Pid));
            default:
                using (var child = process.Fork())
                {
                    var descriptor = process.Call(SystemCall.PidfdOpen, (ulong)child.Pid);
                    if (operation.Target == AdviseTarget.Reaped)
                    {
                        child.Dispose();
                    }

                    return WithDescriptor(process, descriptor);
                }
        }
    }

    private Answer WithDescriptor(Tracee process, long descriptor)
    {
        if (descriptor < 0)
        {
            return new NotPossible($"no descriptor of the target: {(Errno)(-descriptor)}");
        }

        var answer = Call(process, (ulong)descriptor);
        process.Call(SystemCall.Close, (ulong)descriptor);
        return answer;
    }

    private CallAnswer Call(Tracee process, ulong descriptor)
    {
        ulong[] vector = [.. operation.Vector.SelectMany(element => new[] { names.ValueOf(element.Address), names.ValueOf(element.Length) })];
        var address = ScenarioFiles.Words(process, vector);
        return process.Answer(
            SystemCall.ProcessMadvise,
            descriptor,
            operation.NullVector ? 0 : address,
            unchecked((ulong)(operation.VectorLength ?? operation.Vector.Count)),
            unchecked((uint)operation.Advice),
            unchecked((ulong)operation.Flags));
    }
}
