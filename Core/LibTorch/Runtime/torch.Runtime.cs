using Orchestrator.LibTorch;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch in use.</summary>
    public static string __version__ => TorchRuntime.Version;

    public static void set_num_threads(int num) => Check.Done(Native.ot_set_num_threads(num));

    public static unsafe int get_num_threads()
    {
        int result;
        Check.Done(Native.ot_get_num_threads(&result));
        return result;
    }

    public static void set_num_interop_threads(int num) => Check.Done(Native.ot_set_num_interop_threads(num));

    public static unsafe int get_num_interop_threads()
    {
        int result;
        Check.Done(Native.ot_get_num_interop_threads(&result));
        return result;
    }

    public static void set_default_dtype(ScalarType dtype) => Check.Done(Native.ot_set_default_dtype((int)dtype));

    public static ScalarType get_default_dtype() => (ScalarType)Native.ot_get_default_dtype();

    public static bool cuda_is_available() => cuda.is_available();

    public static class cuda
    {
        public static unsafe int device_count()
        {
            int result;
            Check.Done(Native.ot_cuda_device_count(&result));
            return result;
        }

        public static bool is_available() => device_count() > 0;

        public static unsafe bool is_cudnn_available()
        {
            int result;
            Check.Done(Native.ot_cuda_has_cudnn(&result));
            return result != 0;
        }

        /// <summary>Seeds the current CUDA device; does nothing without one.</summary>
        public static void manual_seed(long seed)
        {
            if (is_available())
            {
                using var generator = Generator.DefaultOf(new Device(DeviceType.CUDA));
                generator.manual_seed(seed);
            }
        }

        /// <summary>Seeds every CUDA device; does nothing without one.</summary>
        public static void manual_seed_all(long seed)
        {
            for (var i = 0; i < device_count(); i++)
            {
                using var generator = Generator.DefaultOf(new Device(DeviceType.CUDA, i));
                generator.manual_seed(seed);
            }
        }

        /// <summary>Waits until the device has done everything it was given.</summary>
        public static void synchronize(Device? device = null) =>
            Check.Done(Native.ot_cuda_synchronize(device?.index ?? -1));
    }
}
