"""Debian's packages in the portable folder for Linux: Python, Pango, and all that they need down to glibc."""

from __future__ import annotations

from liulin_gazette.bundling.windows_parts import DebianPackage

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
"""Debian's names of the processors."""
PACKAGES = {
    "libblkid1": (
        "2.38.1-5+deb12u3",
        "5a083377f29191cafcdf0f91ec124349b4a7895b531556633a136e43c6d53943",
        "6c462ce69d08f1ddaa9a77bbdad4af8e289267095599eb8e92a9ab3ea21cdc41",
    ),
    "libbrotli1": (
        "1.0.9-2+deb12u1",
        "e27b3d655fa6fadd7a56f706687e94573c0af68b7d6df394a32a381a3a6c6d8b",
        "131e62b9708da9aea88be990d275cb5c7b119e40beccf174c23ac8dc7246bb0f",
    ),
    "libbz2-1.0": (
        "1.0.8-5+b1",
        "54149da3f44b22d523b26b692033b84503d822cc5122fed606ea69cc83ca5aeb",
        "d3a96ece03326498b39ff093a76800dfcbcb1d4049d6ae6e9f6fa1aa7a590ad6",
    ),
    "libc6": (
        "2.36-9+deb12u14",
        "ba4f88f73dbc3ae9055f3c20f4523bfdbaf1ad13ff95e258924f77d20b4fbedf",
        "01f4330719fd4f65580e16ea5a0527f372fca750e8f588d26deaf09f2d3b1cf4",
    ),
    "libdatrie1": (
        "0.2.13-2+b1",
        "f021f193384929989b2dfd19f606a8cebe54b5f209fe387fc40683e810e01ebe",
        "d7c52aa971278e7f298b7e74f8ed50ad25579f9b344212fd4a91744cffa58cc9",
    ),
    "libexpat1": (
        "2.5.0-1+deb12u5",
        "cae5ded666d8573dd33060bc66fbac21eea8b101a6b56e2af8bd590fcfa65d79",
        "4a733e7f636de4a4483e3e5d7b02dc8e788b115361a04dd58df89461ce2ae65a",
    ),
    "libffi8": (
        "3.4.4-1",
        "6d9f6c25c30efccce6d4bceaa48ea86c329a3432abb360a141f76ac223a4c34a",
        "80b5c36177dc0e29d531c7eddbed3cc7355cb490e49f8cfa5959572d161f27b3",
    ),
    "libfontconfig1": (
        "2.14.1-4",
        "16ee38d374e064f534116dc442b086ef26f9831f1c0af7e5fb4fe4512e700649",
        "4836d9deca824883f0de33d4f8f3718ba776c6e7c80cd7c418b5a0f86c009b9e",
    ),
    "libfreetype6": (
        "2.12.1+dfsg-5+deb12u4",
        "8043e479f73f29992d652e3f9dfe8b17f9780c7ea6330afe379ec5f9f188ac44",
        "b8d32e54ebc9020637f8fa16b6afa64a5731e40845a6e01880d38d6f632237c9",
    ),
    "libfribidi0": (
        "1.0.8-2.1",
        "87fce56627aab7b2968501d370aa3ed6d1c792119efa765e71a690bdfe570e62",
        "8ab3adcf64b318252d37669468fecb8e0478e1cf5f096d065611ac7dda68ccf4",
    ),
    "libgcc-s1": (
        "12.2.0-14+deb12u1",
        "3016e62cb4b7cd8038822870601f5ed131befe942774d0f745622cc77d8a88f7",
        "576926b283613db80168ddf76380a3bd877602778cf0d226caa7bfbfa71eacf3",
    ),
    "libglib2.0-0": (
        "2.74.6-2+deb12u9",
        "7ff85197685d89e150e342b29a59aab1beee400050ba7da73de81cd999ffee5a",
        "61d92fffada7e27fc0ed9d23e047b45bca3b2e3bfe1a918f4ec16559282859f4",
    ),
    "libgraphite2-3": (
        "1.3.14-1+deb12u1",
        "c19a7f6ba9298db7eef041ae27b08985f2c02009e418063f8bccdb5bc5e858dc",
        "fca82a3f01cb2cfe607efb6f21f489081716ddcf8a71e2f588d3d67ad39107a2",
    ),
    "libharfbuzz-subset0": (
        "6.0.0+dfsg-3",
        "020de1eeba5fb56052a6ca71b259f8cbe3f6fce5038f4caca751c7e4867ca33f",
        "cde543fedd1c0c63b000532ffc80935c9cece2bea505993709d396a9215024d9",
    ),
    "libharfbuzz0b": (
        "6.0.0+dfsg-3",
        "bfce132b7ee67b9c2d2166075b1936a25c8cc6866b6a049f99b8e94baa916e71",
        "64b1d4aa672dc4eda5e11b9ff8061122060fc7aba6ad16908c89a269ffa174ee",
    ),
    "liblzma5": (
        "5.4.1-1+deb12u2",
        "3d8c29c8c21ec6007635e1b2591edf98b771c9572a085968f47452b33040f384",
        "36358d245f246234721e6c1c2ee5d11a46c1c877023c63f7570df02cd79964f5",
    ),
    "libmount1": (
        "2.38.1-5+deb12u3",
        "f46e2d6b006951825adde9757790b6609d7c66c7700f9b68f3db913eaac323c3",
        "b48877c1e60c2589d9e17f72d782cd2ab8a3fdaeda54f05920bcb26c9404b1e8",
    ),
    "libpango-1.0-0": (
        "1.50.12+ds-1",
        "851720de07441ae6bb6a7f51fc0f2edb4db7aa6f25b5bf1bf7b72dcab8947b7f",
        "88afa1481f9e520a3068e85dad776ed09a3751c7638a877333af6cec927db3ee",
    ),
    "libpangoft2-1.0-0": (
        "1.50.12+ds-1",
        "78da3f494109f6e7a39c4626aaae7571c600c5854cecda0bc0c902224986a63b",
        "57f52f354ebe0cf818fe7f764d1b97d3127d19640e0ca6958ec49831883ee060",
    ),
    "libpcre2-8-0": (
        "10.42-1+deb12u2",
        "d2f7edfcc7689b9e0761c2742cc824ac86a20768bc5e8057818dc6875291fe76",
        "8498d2c0bd6747dfc2fc6eec62774a86967079555f7043d5a7b78ee4efbbc0fb",
    ),
    "libpng16-16": (
        "1.6.39-2+deb12u6",
        "940b91d40d51c825de7f7aa133aecff1ffa25a91f12cb6aa6926c9ad55cd640c",
        "9fa66d01197efe73f44ed566a3bffbb476675826326e9c32ffa80b29495de482",
    ),
    "libpython3.11-minimal": (
        "3.11.2-6+deb12u9",
        "69f41cfa3f4ba17284e538f843069d7529c53c207d2ae17a5b02785944870e33",
        "dd9847d2f77c5a924b1d3dd953b81f161db9374c94d03b9216191925350928c3",
    ),
    "libpython3.11-stdlib": (
        "3.11.2-6+deb12u9",
        "10f13e000ee757f5f2d2d3569f9e30546214a0c850acd78695feae373bfa3e53",
        "9937cbe3f647aa89a590fec647438ce02098c113d1c6f70e4cb1230c368d42a4",
    ),
    "libselinux1": (
        "3.4-1+b6",
        "2b07f5287b9105f40158b56e4d70cc1652dac56a408f3507b4ab3d061eed425f",
        "29201edf23ebae40844d6c289afdb9bba52f927d55096ed1b1cd37e040135edc",
    ),
    "libsqlite3-0": (
        "3.40.1-2+deb12u2",
        "a8d78b40e9b4e422224aeebfe0e4dfc243f6acf3532490b0c05480d4283d41e2",
        "a690f7f2aa6435bd1fd7cbbd2216acb9acbb8c48c9721f2c195766375439eb13",
    ),
    "libssl3": (
        "3.0.22-1~deb12u2",
        "cb4784740daa9b3b0eaea2b444bbefa686794afbbf3d678d238c1fd9875f2efd",
        "3d04ecd8d0f57fed50d205abaeedfcc84c1960073ea085719c00add44b0ccd7f",
    ),
    "libstdc++6": (
        "12.2.0-14+deb12u1",
        "5cd3171216d4ab0fc911cfe9c35509bf2dd8f47761c43b7f6a4296701551a24d",
        "26e138c677a985775331373828a6c286c551ff397cb735d00e2383cb273d1cb2",
    ),
    "libthai0": (
        "0.1.29-1",
        "37cd66bef851ea0e4af807797ba3ad14d43226f7c4954c1d0a19478e11815bae",
        "1374f50f4e96397f2830f3fdf09e95a5fe8e4d584fdc70dd187eec5f8832d08c",
    ),
    "libuuid1": (
        "2.38.1-5+deb12u3",
        "5fff398321da62d28a842bcbabd193d72ae21724962c029dc32b1dc6b2deaeaf",
        "3b2d19df0f3190108cf54228c4cfc822226c06d8f3615a5ab16a7dffb1f58aed",
    ),
    "python3.11-minimal": (
        "3.11.2-6+deb12u9",
        "b5f855ab922dfcd5d1a3223b2118c3dae13ffc7751b0cd5dc24740386323a33a",
        "617855dbf3299e03873926c75d61feaf3d36924586aecc1951a0b965a95bc694",
    ),
    "zlib1g": (
        "1:1.2.13.dfsg-1",
        "d7dd1d1411fedf27f5e27650a6eff20ef294077b568f4c8c5e51466dc7c08ce4",
        "52b8b8a145bbe1956bba82034f77022cbef0c3d0885c9e32d9817a7932fe1913",
    ),
}
"""Version, and SHA-256 for each processor, by name."""


def packages(processor: str) -> tuple[DebianPackage, ...]:
    """Return the packages for ``processor``."""
    index = list(ARCHITECTURES).index(processor)
    return tuple(
        DebianPackage(f"{name}:{ARCHITECTURES[processor]}", version, digests[index])
        for name, (version, *digests) in PACKAGES.items()
    )
